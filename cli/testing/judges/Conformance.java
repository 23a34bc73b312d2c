import java.io.File;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/**
 * Asks veraPDF's library about files: FLAVOURS (with commas between) FILE…. A line each, "PASS 3a FILE" or "FAIL 3a FILE", and
 * behind it the clauses that failed.
 */
class Conformance {
  public static void main(String[] args) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    for (String name : args[0].split(",")) {
      PDFAFlavour flavour = PDFAFlavour.fromString(name);
      for (int i = 1; i < args.length; i++) {
        try (var parser = Foundries.defaultInstance().createParser(new File(args[i]), flavour);
            var validator = Foundries.defaultInstance().createValidator(flavour, false)) {
          var result = validator.validate(parser);
          StringBuilder clauses = new StringBuilder();
          for (var one : result.getTestAssertions()) {
            clauses.append(' ').append(one.getRuleId().getClause()).append('-').append(one.getRuleId().getTestNumber());
          }
          System.out.println((result.isCompliant() ? "PASS " : "FAIL ") + name + " " + args[i] + clauses);
        }
      }
    }
  }
}
