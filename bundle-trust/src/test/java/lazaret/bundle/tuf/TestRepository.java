package lazaret.bundle.tuf;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;

/// A TUF repository in memory, which a test can change.
final class TestRepository implements MetadataSource {
  static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  /// The signing keys by role, which a test can change.
  final Map<String, List<SigningKey>> signers = new HashMap<>();

  final Map<String, Bytes> files = new HashMap<>();
  final List<String> asked = new ArrayList<>();
  final Map<String, Metadata.Targets> delegated = new HashMap<>();

  Metadata.Root root;
  Metadata.Timestamp timestamp;
  Metadata.Snapshot snapshot;
  Metadata.Targets targets;

  private TestRepository() {
    Instant expires = NOW.plus(Duration.ofDays(30));
    for (String role : List.of(Roles.ROOT, Roles.TIMESTAMP, Roles.SNAPSHOT, Roles.TARGETS)) {
      signers.put(role, new ArrayList<>(List.of(ed25519(role))));
    }
    root = new Metadata.Root(1, expires, true, Map.of(), Map.of());
    targets = new Metadata.Targets(1, expires, Map.of(), Optional.empty());
    snapshot = new Metadata.Snapshot(1, expires, Map.of());
    timestamp = new Metadata.Timestamp(1, expires, metaFile(1));
    trustSigners();
  }

  /// Returns a repository with version 1 of everything.
  static TestRepository published() {
    var repository = new TestRepository();
    repository.publishRoot();
    repository.publish();
    return repository;
  }

  static SigningKey ed25519(String name) {
    return SigningKey.ed25519(seed(name));
  }

  static SigningKey mlDsa(String name) {
    return SigningKey.mlDsa(seed(name));
  }

  private static byte[] seed(String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    return Sha256.of(text, 0, text.length).bytes();
  }

  static Metadata.MetaFile metaFile(long version) {
    return new Metadata.MetaFile(version, OptionalLong.empty(), Map.of());
  }

  static Metadata.TargetFile targetFile(String content) {
    Bytes bytes = Bytes.utf8(content);
    return new Metadata.TargetFile(bytes.length(), Map.of("sha256", Sha256.of(bytes).hex()));
  }

  /// Makes the root name the current signing keys, with a threshold of one.
  void trustSigners() {
    Map<String, TufKey> keys = new HashMap<>();
    Map<String, RoleKeys> roles = new HashMap<>();
    root.roles().keySet().forEach(name -> roles.put(name, root.roles().get(name)));
    for (String role : List.of(Roles.ROOT, Roles.TIMESTAMP, Roles.SNAPSHOT, Roles.TARGETS)) {
      List<SigningKey> own = signers.getOrDefault(role, List.of());
      own.forEach(key -> keys.put(key.publicKey().id(), key.publicKey()));
      roles.put(role, new RoleKeys(own.stream().map(key -> key.publicKey().id()).toList(), 1));
    }
    root = new Metadata.Root(root.version(), root.expires(), true, keys, roles);
  }

  void threshold(String role, long threshold) {
    Map<String, RoleKeys> roles = new HashMap<>(root.roles());
    RoleKeys keys = roles.get(role);
    roles.put(role, new RoleKeys(keys == null ? List.of() : keys.keyIds(), threshold));
    root = new Metadata.Root(root.version(), root.expires(), true, root.keys(), roles);
  }

  void nextRoot() {
    root(root.version() + 1);
    publishRoot();
  }

  void root(long version) {
    root = new Metadata.Root(version, root.expires(), true, root.keys(), root.roles());
  }

  void publishRoot() {
    put(root.version() + ".root.json", root, signers(Roles.ROOT));
  }

  List<SigningKey> signers(String role) {
    return signers.computeIfAbsent(role, _ -> new ArrayList<>());
  }

  /// Publishes targets, snapshot and timestamp with their current versions.
  void publish() {
    put(targets.version() + ".targets.json", targets, signers(Roles.TARGETS));
    Map<String, Metadata.MetaFile> named = new HashMap<>();
    named.put("targets.json", metaFile(targets.version()));
    delegated.forEach(
        (role, metadata) -> {
          put(metadata.version() + "." + role + ".json", metadata, signers(role));
          named.put(role + ".json", metaFile(metadata.version()));
        });
    snapshot = new Metadata.Snapshot(snapshot.version(), snapshot.expires(), named);
    publishSnapshot();
  }

  void publishSnapshot() {
    put(snapshot.version() + ".snapshot.json", snapshot, signers(Roles.SNAPSHOT));
    timestamp =
        new Metadata.Timestamp(
            timestamp.version(), timestamp.expires(), metaFile(snapshot.version()));
    publishTimestamp();
  }

  void publishTimestamp() {
    put("timestamp.json", timestamp, signers(Roles.TIMESTAMP));
  }

  /// Publishes the next version of targets, snapshot and timestamp.
  void publishNext() {
    targets =
        new Metadata.Targets(
            targets.version() + 1, targets.expires(), targets.targets(), targets.delegations());
    versions(snapshot.version() + 1, timestamp.version() + 1);
    publish();
  }

  void versions(long ofSnapshot, long ofTimestamp) {
    snapshot = new Metadata.Snapshot(ofSnapshot, snapshot.expires(), snapshot.files());
    timestamp = new Metadata.Timestamp(ofTimestamp, timestamp.expires(), timestamp.snapshot());
  }

  void put(String name, Metadata content, List<SigningKey> keys) {
    files.put(name, MetadataWriter.file(MetadataWriter.signed(content), keys));
  }

  /// Returns a file as text.
  String text(String name) {
    return files.getOrDefault(name, Bytes.EMPTY).text();
  }

  /// Replaces a text in a file.
  void edit(String name, String from, String to) {
    String text = text(name);
    if (!text.contains(from)) {
      throw new IllegalArgumentException(name + " does not hold " + from + ": " + text);
    }
    files.put(name, Bytes.utf8(text.replace(from, to)));
  }

  @Override
  public Optional<Bytes> fetch(String name, long most) {
    asked.add(name);
    return Optional.ofNullable(files.get(name))
        .map(file -> Bytes.copyOf(file.array(), 0, (int) Math.min(file.length(), most + 1)));
  }

  /// A trust store in memory.
  static final class MemoryStore implements TrustStore {
    final Map<String, Bytes> kept = new HashMap<>();

    @Override
    public Optional<Bytes> read(String role) {
      return Optional.ofNullable(kept.get(role));
    }

    @Override
    public void write(String role, Bytes file) {
      kept.put(role, file);
    }

    @Override
    public void remove(String role) {
      kept.remove(role);
    }
  }
}
