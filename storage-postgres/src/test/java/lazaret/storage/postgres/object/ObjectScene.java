package lazaret.storage.postgres.object;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import lazaret.storage.objects.FolderObjectStore;
import lazaret.storage.objects.ObjectKey;
import lazaret.storage.postgres.connection.PostgresConnection;
import lazaret.storage.postgres.connection.PostgresConnections;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.testkit.ManualClock;
import lazaret.vetting.Bytes;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Batch.Durability;

/// A database and a folder of objects, with the statements by which a batch of the store settles
/// uploads and drops artifacts.
final class ObjectScene implements AutoCloseable {
  static final UUID CLUSTER = UUID.fromString("5b3f4c6e-0000-4000-8000-000000000001");

  private static final String LIVE =
      "UPDATE lazaret.object SET state = 1 WHERE sha256 = ? AND generation = ? AND state = 0";

  private static final String NAME =
      """
      INSERT INTO lazaret.artifact (sha256, generation, record) VALUES (?, ?, ?)
      ON CONFLICT (sha256) DO NOTHING
      """;

  private static final String DISCARD =
      """
      UPDATE lazaret.object SET state = 2, at = clock_timestamp()
      WHERE sha256 = ? AND generation = ?
      """;

  private static final String DROP =
      """
      WITH dropped AS (DELETE FROM lazaret.artifact WHERE sha256 = ? RETURNING sha256, generation)
      UPDATE lazaret.object o SET state = 2, at = clock_timestamp() FROM dropped d
      WHERE o.sha256 = d.sha256 AND o.generation = d.generation
      """;

  private static final String AGE =
      "UPDATE lazaret.object SET at = at - ?::float8 * interval '1 second'";

  final PostgresConnections connections;
  final FolderObjectStore folder;
  final HookedObjectStore objects;

  /// The monotonic time of the node.
  final ManualClock clock = new ManualClock(Instant.EPOCH.plus(Duration.ofDays(3)));

  /// The grace period of the sweeps.
  final Duration grace;

  final ArtifactObjectStore artifacts;

  private ObjectScene(PostgresConnections connections, Path path, Duration grace) {
    this.connections = connections;
    this.grace = grace;
    folder = new FolderObjectStore(path);
    objects = new HookedObjectStore(folder);
    artifacts = node(1);
  }

  /// Opens a scene with an empty database. The test is skipped if PostgreSQL is not installed.
  static ObjectScene open(Path path) {
    return open(path, Duration.ofHours(24));
  }

  static ObjectScene open(Path path, Duration grace) {
    PostgresServer server = PostgresServer.shared();
    return new ObjectScene(
        PostgresConnections.open(server.settings(server.newDatabase())), path, grace);
  }

  /// Returns the objects as another node has them.
  ArtifactObjectStore node(int number) {
    return new ArtifactObjectStore(objects, connections, number, clock);
  }

  ObjectSweep sweep() {
    return new ObjectSweep(new ObjectSweep.Scope(objects, CLUSTER, grace), connections, 2, clock);
  }

  static VerifiedCrate crate(int seed) {
    return StoreSamples.artifact(seed, 5_000 + seed);
  }

  /// Uploads an artifact.
  ObjectKey.Artifact uploaded(VerifiedCrate crate) {
    return uploaded(artifacts, crate);
  }

  static ObjectKey.Artifact uploaded(ArtifactObjectStore node, VerifiedCrate crate) {
    Map<Sha256, Long> generations = node.upload(List.of(crate));
    Sha256 cksum = crate.id().cksum();
    return new ObjectKey.Artifact(cksum, Optional.ofNullable(generations.get(cksum)).orElseThrow());
  }

  /// Uploads an artifact and settles it.
  ObjectKey.Artifact stored(VerifiedCrate crate) {
    ObjectKey.Artifact artifact = uploaded(crate);
    if (!settle(artifact)) {
      throw new AssertionError("the upload was swept");
    }
    return artifact;
  }

  /// Commits a batch that names an upload, as the store does.
  ///
  /// @return false if the upload was given up
  boolean settle(ObjectKey.Artifact artifact) {
    return connections.write(Durability.SYNCED, connection -> settle(connection, artifact)).value();
  }

  static boolean settle(PostgresConnection connection, ObjectKey.Artifact artifact)
      throws SQLException {
    byte[] cksum = artifact.cksum().bytes();
    if (connection.update(LIVE, cksum, artifact.generation()) == 0) {
      return false;
    }
    if (connection.update(NAME, cksum, artifact.generation(), new byte[] {1}) == 0) {
      int _ = connection.update(DISCARD, cksum, artifact.generation());
    }
    return true;
  }

  /// Commits a batch that drops an artifact.
  void drop(Sha256 cksum) {
    connections.write(Durability.SYNCED, connection -> connection.update(DROP, cksum.bytes()));
  }

  /// Makes all rows older, as if the clock of the database had jumped ahead.
  void age(Duration by) {
    connections.write(
        Durability.SYNCED, connection -> connection.update(AGE, by.toMillis() / 1_000.0));
  }

  /// Returns the state of each row of an artifact, by generation.
  List<Integer> states(Sha256 cksum) {
    return connections.read(
        connection ->
            connection.list(
                "SELECT state FROM lazaret.object WHERE sha256 = ? ORDER BY generation",
                row -> row.getInt(1),
                cksum.bytes()));
  }

  /// Returns the objects that artifacts name.
  List<ObjectKey.Artifact> named() {
    return connections.read(
        connection ->
            connection.list(
                "SELECT sha256, generation FROM lazaret.artifact ORDER BY sha256",
                row -> new ObjectKey.Artifact(Sha256.fromDigest(row.getBytes(1)), row.getLong(2))));
  }

  boolean exists(ObjectKey.Artifact artifact) throws Exception {
    return folder.get(artifact.key(), 0).isPresent();
  }

  /// Returns the artifacts in the folder.
  List<ObjectKey> listed() throws Exception {
    return folder.list(ObjectKey.ARTIFACTS, "");
  }

  static Bytes changed(Bytes bytes) {
    byte[] copy = bytes.array().clone();
    copy[copy.length / 2] ^= 1;
    return Bytes.of(copy);
  }

  /// Lets hours pass until each folder of artifacts was listed.
  void sweepAllFolders(ObjectSweep sweep) {
    for (int i = 0; i < ObjectKey.ARTIFACT_FOLDERS; i++) {
      clock.advance(Duration.ofHours(1));
      ObjectSweep.Round _ = sweep.round();
    }
  }

  @Override
  public void close() {
    artifacts.close();
    connections.close();
  }
}
