package lazaret.storage.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import lazaret.storage.backup.BackupFrameKind;
import lazaret.storage.backup.BackupWriter;
import lazaret.storage.postgres.connection.PostgresConnection;
import lazaret.storage.postgres.connection.PostgresConnections;
import lazaret.storage.postgres.connection.RowQuery;
import lazaret.storage.record.ArtifactUseCodec;
import lazaret.storage.record.DownloadRecordCodec;
import lazaret.storage.record.StoredArtifact;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.RunningOperation;

/// A copy of one state of the store, without the tokens, into a backup. All tables are read in one
/// transaction. Artifacts are read afterwards, since bytes under a digest never change.
final class PostgresBackup {
  private static final byte[] NO_KEY = new byte[0];
  private static final int PAGE = 100;
  private static final int ARTIFACTS_PAGE = 500;

  private static final String ARTIFACTS =
      "SELECT sha256, record FROM lazaret.artifact WHERE sha256 > ? ORDER BY sha256 LIMIT "
          + ARTIFACTS_PAGE;

  private final PostgresConnections connections;
  private final ArtifactObjects objects;
  private final BackupWriter to;

  private PostgresBackup(
      PostgresConnections connections, ArtifactObjects objects, BackupWriter to) {
    this.connections = connections;
    this.objects = objects;
    this.to = to;
  }

  /// The end of the ledger in the state that is copied.
  private record End(long sequence, Sha256 hash) {}

  /// A record with its key.
  @SuppressWarnings("ArrayRecordComponent") // copied at once, never compared
  private record Frame(byte[] key, byte[] value) {}

  /// Writes a backup. Its artifacts are steps of the operation of this thread.
  ///
  /// @param folder new or empty, or an archive
  /// @param created the date in the manifest
  /// @return the number of artifacts that were left out
  static long write(
      PostgresConnections connections, ArtifactObjects objects, Path folder, Instant created) {
    connections.requireOpen();
    try (BackupWriter to = BackupWriter.begin(folder, created)) {
      var backup = new PostgresBackup(connections, objects, to);
      End end = connections.scan(backup::records);
      backup.artifacts();
      to.finish(end.sequence(), end.hash());
      return to.omitted();
    }
  }

  private End records(PostgresConnection from) throws SQLException {
    keyed(from, BackupFrameKind.META, "SELECT name, value FROM lazaret.meta ORDER BY name");
    copy(
        from,
        BackupFrameKind.CRATE,
        "SELECT record FROM lazaret.crate WHERE record IS NOT NULL ORDER BY name");
    keyed(
        from,
        BackupFrameKind.FRESHNESS,
        "SELECT name, freshness FROM lazaret.crate WHERE freshness IS NOT NULL ORDER BY name");
    keyed(
        from,
        BackupFrameKind.VIEW,
        "SELECT name, view FROM lazaret.crate WHERE view IS NOT NULL ORDER BY name");
    copy(from, BackupFrameKind.FINDINGS, "SELECT record FROM lazaret.findings ORDER BY sha256");
    copy(
        from, BackupFrameKind.REQUEST, "SELECT record FROM lazaret.request ORDER BY name, version");
    accesses(from);
    desk(from);
    copy(from, BackupFrameKind.FEED, "SELECT record FROM lazaret.feed ORDER BY name");
    copy(
        from,
        BackupFrameKind.VERDICT,
        "SELECT record FROM lazaret.verdict ORDER BY name, version, second, nano");
    copy(from, BackupFrameKind.LOCKFILE, "SELECT record FROM lazaret.lockfile ORDER BY sha256");
    from.each(
        RecordReads.USES,
        use -> to.put(BackupFrameKind.ARTIFACT_USE, NO_KEY, ArtifactUseCodec.encode(use)));
    copy(
        from,
        BackupFrameKind.REMOVED_ARTIFACT,
        "SELECT record FROM lazaret.removed_artifact ORDER BY sha256");
    copy(from, BackupFrameKind.SNAPSHOT, "SELECT record FROM lazaret.snapshot ORDER BY sequence");
    snapshotCrates(from);
    copy(from, BackupFrameKind.LEDGER, "SELECT record FROM lazaret.ledger ORDER BY sequence");
    return from.find(
            "SELECT ledger_sequence, ledger_hash FROM lazaret.cluster",
            row -> new End(row.getLong(1), Sha256.fromDigest(row.getBytes(2))))
        .orElseThrow();
  }

  private void copy(PostgresConnection from, BackupFrameKind kind, String sql) throws SQLException {
    from.each(
        new RowQuery<byte[]>(sql, PAGE, row -> row.getBytes(1), List.of()),
        value -> to.put(kind, NO_KEY, value));
  }

  private void keyed(PostgresConnection from, BackupFrameKind kind, String sql)
      throws SQLException {
    from.each(
        new RowQuery<Frame>(
            sql, PAGE, row -> new Frame(utf8(row.getString(1)), row.getBytes(2)), List.of()),
        frame -> to.put(kind, frame.key(), frame.value()));
  }

  private void accesses(PostgresConnection from) throws SQLException {
    from.each(
        RecordReads.accessQuery("ORDER BY day, name, version, sha256, token, address"),
        access -> to.put(BackupFrameKind.ACCESS, NO_KEY, DownloadRecordCodec.encode(access)));
  }

  /// Copies the rows of tables that backups have. Those of a newer program are left out, because
  /// this one does not know whether they contain credentials.
  private void desk(PostgresConnection from) throws SQLException {
    for (DeskTable table : DeskTable.values()) {
      if (table.isBackedUp()) {
        from.each(
            new RowQuery<Frame>(
                "SELECT key, value FROM lazaret.desk_row WHERE tab = ? ORDER BY key",
                PAGE,
                row -> new Frame(utf8(table.code() + '\0' + row.getString(1)), row.getBytes(2)),
                List.of(table.code())),
            frame -> to.put(BackupFrameKind.DESK, frame.key(), frame.value()));
      }
    }
  }

  private void snapshotCrates(PostgresConnection from) throws SQLException {
    from.each(
        new RowQuery<Frame>(
            "SELECT sequence, record FROM lazaret.snapshot_crate ORDER BY name, sequence",
            PAGE,
            row ->
                new Frame(
                    ByteBuffer.allocate(Long.BYTES).putLong(row.getLong(1)).array(),
                    row.getBytes(2)),
            List.of()),
        frame -> to.put(BackupFrameKind.SNAPSHOT_CRATE, frame.key(), frame.value()));
  }

  /// Copies the artifacts in pages, so that no connection is lent while the object store answers.
  private void artifacts() {
    RunningOperation operation = RunningOperation.current();
    byte[] reached = NO_KEY;
    while (true) {
      byte[] after = reached;
      List<Frame> page =
          connections.read(
              connection ->
                  connection.list(
                      ARTIFACTS, row -> new Frame(row.getBytes(1), row.getBytes(2)), after));
      if (page.isEmpty()) {
        return;
      }
      for (Frame frame : page) {
        operation.step();
        StoredArtifact stored = StoredArtifact.decode(frame.value());
        to.putArtifact(stored, () -> objects.read(stored.id().cksum()));
      }
      reached = page.getLast().key();
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
