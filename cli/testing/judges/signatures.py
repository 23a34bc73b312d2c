"""Asks pyHanko about every signature of a PDF: FILE TIME ROOT…. One line each: its field, the last word, what it covers, its stamp."""
import logging
import sys
from datetime import datetime

from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext

logging.disable(logging.CRITICAL)


def certificate(path):
    with open(path, "rb") as file:
        return x509.Certificate.load(pem.unarmor(file.read())[2])


def main(file, time, *roots):
    def context():
        return ValidationContext(
            trust_roots=[certificate(root) for root in roots],
            moment=datetime.fromisoformat(time),
            allow_fetching=False,
            revocation_mode="soft-fail",
        )

    def judged(one):
        if one.sig_object_type == "/DocTimeStamp":
            status = validate_pdf_timestamp(one, context())
            return status, status.intact and status.valid and status.trusted, "is a stamp"
        status = validate_pdf_signature(one, context(), ts_validation_context=context())
        stamp = status.timestamp_validity
        if stamp is None:
            return status, status.bottom_line, "without a stamp"
        return status, status.bottom_line, "with a good stamp" if stamp.intact and stamp.valid and stamp.trusted else "with a bad stamp"

    with open(file, "rb") as opened:
        for one in PdfFileReader(opened).embedded_signatures:
            try:
                status, is_good, stamp = judged(one)
                print(one.field_name, "VALID" if is_good else "INVALID", status.coverage.name, stamp)
            except Exception as error:
                print(one.field_name, "INVALID", type(error).__name__, error)


main(*sys.argv[1:])
