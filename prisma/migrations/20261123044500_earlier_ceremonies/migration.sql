-- What a go / no-go asks of earlier ceremonies is asked every few seconds: the newest recorder and the newest backups are found
-- without reading what else was written down. An entry is canonical JSON, in which a quotation mark inside a text is escaped: these
-- bytes are a request's own operation and nothing that anybody has typed.

CREATE INDEX "Entry_recorder_attached_idx" ON "Entry" ("at") WHERE "kind" = 'recorder-attached';
CREATE INDEX "Entry_backup_started_idx" ON "Entry" ("at")
    WHERE "kind" = 'operation-started' AND position('"operation":"backup-token"'::bytea IN "bytes") > 0;
