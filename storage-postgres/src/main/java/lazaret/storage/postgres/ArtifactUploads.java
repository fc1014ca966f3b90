package lazaret.storage.postgres;

import java.sql.Array;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import lazaret.storage.postgres.connection.PostgresConnection;
import lazaret.storage.record.StoredArtifact;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.StoreException;

/// Artifacts whose bytes are in the object store, and the rows that a transaction writes of them.
///
/// @param uploads the uploads, by digest
/// @param kept digests that were stored before
/// @param drops digests to drop, before the uploads count
record ArtifactUploads(List<Upload> uploads, List<Sha256> kept, List<Sha256> drops) {
  /// A dropped artifact has a dead object. The sweep deletes it after a while, because others may
  /// read it now.
  private static final String DROP =
      """
      WITH dropped AS
        (DELETE FROM lazaret.artifact WHERE sha256 = ANY(?) RETURNING sha256, generation)
      UPDATE lazaret.object AS o SET state = 2, at = clock_timestamp() FROM dropped AS d
      WHERE o.sha256 = d.sha256 AND o.generation = d.generation
      """;

  /// An upload that took too long was swept, and its row is not in this state then.
  private static final String SETTLE =
      """
      UPDATE lazaret.object AS o SET state = 1, at = clock_timestamp()
      FROM unnest(?::bytea[], ?::bigint[]) AS u (sha256, generation)
      WHERE o.sha256 = u.sha256 AND o.generation = u.generation AND o.state = 0
      """;

  private static final String INSERT =
      """
      INSERT INTO lazaret.artifact (sha256, generation, record)
      SELECT * FROM unnest(?::bytea[], ?::bigint[], ?::bytea[]) ON CONFLICT (sha256) DO NOTHING
      """;

  /// Another node stored the same bytes first.
  private static final String DISCARD =
      """
      UPDATE lazaret.object AS o SET state = 2, at = clock_timestamp()
      FROM unnest(?::bytea[], ?::bigint[]) AS u (sha256, generation)
      WHERE o.sha256 = u.sha256 AND o.generation = u.generation AND NOT EXISTS
        (SELECT FROM lazaret.artifact AS a
         WHERE a.sha256 = u.sha256 AND a.generation = u.generation)
      """;

  private static final String KEEP =
      "SELECT 1 FROM lazaret.artifact WHERE sha256 = ANY(?) FOR KEY SHARE";

  /// An upload.
  ///
  /// @param generation the number of the object
  /// @param artifact the record of the artifact
  record Upload(Sha256 cksum, long generation, StoredArtifact artifact) {}

  /// Copies the lists.
  ArtifactUploads {
    uploads = List.copyOf(uploads);
    kept = List.copyOf(kept);
    drops = List.copyOf(drops);
  }

  static ArtifactUploads none() {
    return new ArtifactUploads(List.of(), List.of(), List.of());
  }

  /// Returns these artifacts and others.
  ArtifactUploads and(ArtifactUploads more) {
    return new ArtifactUploads(
        Stream.concat(uploads.stream(), more.uploads.stream()).toList(),
        Stream.concat(kept.stream(), more.kept.stream()).toList(),
        Stream.concat(drops.stream(), more.drops.stream()).toList());
  }

  boolean isEmpty() {
    return uploads.isEmpty() && kept.isEmpty() && drops.isEmpty();
  }

  /// Writes the rows.
  ///
  /// @return false if an upload was swept, or an artifact was dropped meanwhile: the transaction
  ///   must end, and the upload begin again
  boolean write(PostgresConnection connection) throws SQLException {
    if (!drops.isEmpty()) {
      int _ = connection.update(DROP, RowTable.digests(connection, drops));
    }
    if (!uploads.isEmpty() && !insert(connection)) {
      return false;
    }
    return kept.isEmpty()
        || connection.list(KEEP, row -> row.getInt(1), RowTable.digests(connection, kept)).size()
            == kept.stream().distinct().count();
  }

  private boolean insert(PostgresConnection connection) throws SQLException {
    Array digests = RowTable.digests(connection, uploads.stream().map(Upload::cksum).toList());
    Array generations =
        connection.array("int8", uploads.stream().map(Upload::generation).toArray(Long[]::new));
    if (connection.update(SETTLE, digests, generations) < uploads.size()) {
      return false;
    }
    Array records =
        connection.array(
            "bytea",
            uploads.stream().map(upload -> upload.artifact().encode()).toArray(byte[][]::new));
    if (connection.update(INSERT, digests, generations, records) < uploads.size()) {
      int _ = connection.update(DISCARD, digests, generations);
    }
    return true;
  }

  /// Returns the failure of artifacts that were lost again and again.
  static StoreException lost() {
    return new StoreException(
        ErrorCode.STORE_UNAVAILABLE,
        "cannot store artifacts: expected their uploads, found that they were swept; look at the"
            + " speed of the object store",
        null);
  }
}
