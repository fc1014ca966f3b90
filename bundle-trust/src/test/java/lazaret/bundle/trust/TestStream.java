package lazaret.bundle.trust;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import lazaret.bundle.keys.PublicPair;
import lazaret.bundle.keys.RootPlan;
import lazaret.bundle.keys.SigningPair;
import lazaret.bundle.tuf.FolderMetadataSource;
import lazaret.bundle.tuf.Metadata;
import lazaret.bundle.tuf.MetadataWriter;
import lazaret.bundle.tuf.Roles;
import lazaret.bundle.tuf.SigningKey;
import lazaret.bundle.tuf.TrustStore;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;

/// A stream of bundles with real keys: three officers, two of whom are needed, and an export host.
/// A test can change its metadata.
public final class TestStream {
  public static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  final Map<String, SigningPair> people = new HashMap<>();
  public final Map<String, Bytes> files = new HashMap<>();

  /// The signing keys by role, which a test can change.
  public final Map<String, List<SigningKey>> signers = new HashMap<>();

  public RootPlan plan;
  Metadata.Root root;
  public Metadata.Targets targets;
  Metadata.Snapshot snapshot;
  Metadata.Timestamp timestamp;

  private TestStream(RootPlan plan, List<SigningPair> pairs) {
    pairs.forEach(pair -> people.put(pair.publicPair().name(), pair));
    this.plan = plan;
    this.root = plan.root(1);
    Instant expires = NOW.plus(Duration.ofDays(40));
    this.targets =
        new Metadata.Targets(1, expires, Map.of("bundle.json", file("{}")), Optional.empty());
    this.snapshot = new Metadata.Snapshot(1, expires, Map.of());
    this.timestamp = new Metadata.Timestamp(1, expires, Metadata.MetaFile.of(1, Bytes.EMPTY));
    plan.roles()
        .forEach(
            (role, duty) ->
                signers.put(
                    role,
                    new ArrayList<>(
                        duty.officers().stream()
                            .limit(duty.minPairs())
                            .flatMap(name -> keys(name).stream())
                            .toList())));
    publishRoot();
    publish();
  }

  /// Returns a stream in which two of ann, ben and cem sign root and targets, and host signs the
  /// rest.
  public static TestStream ofThree() {
    List<SigningPair> pairs = List.of(pair("ann"), pair("ben"), pair("cem"), pair("host"));
    return new TestStream(plan(pairs, Set.of("ann", "ben", "cem"), 2, "host"), pairs);
  }

  /// Returns a stream with one operator for all roles.
  static TestStream ofOne() {
    List<SigningPair> pairs = List.of(pair("me"));
    return new TestStream(plan(pairs, Set.of("me"), 1, "me"), pairs);
  }

  /// Returns a stream with three officers, each of whom suffices.
  static TestStream ofAny() {
    List<SigningPair> pairs = List.of(pair("ann"), pair("ben"), pair("cem"), pair("host"));
    return new TestStream(plan(pairs, Set.of("ann", "ben", "cem"), 1, "host"), pairs);
  }

  public static RootPlan plan(
      List<SigningPair> pairs, Set<String> officers, long needed, String host) {
    Map<String, PublicPair> all = new HashMap<>();
    pairs.forEach(pair -> all.put(pair.publicPair().name(), pair.publicPair()));
    var offline = new RootPlan.Duty(officers, needed);
    var online = new RootPlan.Duty(Set.of(host), 1);
    PublicPair export = Optional.ofNullable(all.get(host)).orElseThrow();
    return new RootPlan(
        new RootPolicy.Stream("prod", UUID.fromString("7d444840-9dc0-11d1-b245-5ffdce74fad2")),
        1,
        NOW.plus(Duration.ofDays(1_000)),
        all,
        Map.of(
            Roles.ROOT, offline,
            Roles.TARGETS, offline,
            Roles.SNAPSHOT, online,
            Roles.TIMESTAMP, online),
        List.of(export.classical()));
  }

  /// Returns the keys of a name, which are always the same.
  public static SigningPair pair(String name) {
    byte[] seeds = new byte[64];
    System.arraycopy(seed(name, 1), 0, seeds, 0, 32);
    System.arraycopy(seed(name, 2), 0, seeds, 32, 32);
    return SigningPair.ofSeeds(name, seeds);
  }

  public static byte[] seed(String name, int half) {
    byte[] bytes = (name + " " + half).getBytes(StandardCharsets.UTF_8);
    return Sha256.of(bytes, 0, bytes.length).bytes();
  }

  public static Metadata.TargetFile file(String content) {
    Bytes bytes = Bytes.utf8(content);
    return new Metadata.TargetFile(bytes.length(), Map.of("sha256", Sha256.of(bytes).hex()));
  }

  public List<SigningKey> keys(String... names) {
    List<SigningKey> keys = new ArrayList<>();
    for (String name : names) {
      keys.addAll(people.computeIfAbsent(name, TestStream::pair).keys());
    }
    return keys;
  }

  public void sign(String role, List<SigningKey> keys) {
    signers.put(role, new ArrayList<>(keys));
  }

  List<SigningKey> signers(String role) {
    return signers.computeIfAbsent(role, _ -> new ArrayList<>());
  }

  /// Publishes the root of a plan as the next version, signed by the named officers.
  public void nextRoot(RootPlan next, String... names) {
    plan = next;
    root = next.root(root.version() + 1);
    sign(Roles.ROOT, keys(names));
    publishRoot();
  }

  void publishRoot() {
    put(root.version() + ".root.json", root, Roles.ROOT);
  }

  /// Publishes targets, snapshot and timestamp with their current versions.
  public void publish() {
    put(targets.version() + ".targets.json", targets, Roles.TARGETS);
    publishSnapshot(
        Map.of("targets.json", meta(targets.version(), targets.version() + ".targets.json")));
  }

  public void publishSnapshot(Map<String, Metadata.MetaFile> named) {
    snapshot = new Metadata.Snapshot(snapshot.version(), snapshot.expires(), named);
    put(snapshot.version() + ".snapshot.json", snapshot, Roles.SNAPSHOT);
    publishTimestamp();
  }

  void publishTimestamp() {
    timestamp =
        new Metadata.Timestamp(
            timestamp.version(),
            timestamp.expires(),
            meta(snapshot.version(), snapshot.version() + ".snapshot.json"));
    put("timestamp.json", timestamp, Roles.TIMESTAMP);
  }

  public Metadata.MetaFile meta(long version, String name) {
    return Metadata.MetaFile.of(version, files.getOrDefault(name, Bytes.EMPTY));
  }

  public void versions(long ofTargets, long ofSnapshot, long ofTimestamp) {
    targets =
        new Metadata.Targets(
            ofTargets, targets.expires(), targets.targets(), targets.delegations());
    snapshot = new Metadata.Snapshot(ofSnapshot, snapshot.expires(), snapshot.files());
    timestamp = new Metadata.Timestamp(ofTimestamp, timestamp.expires(), timestamp.snapshot());
  }

  public void put(String name, Metadata content, String role) {
    put(name, content, signers(role));
  }

  public void put(String name, Metadata content, List<SigningKey> keys) {
    files.put(name, MetadataWriter.file(MetadataWriter.signed(content), keys));
  }

  String text(String name) {
    return files.getOrDefault(name, Bytes.EMPTY).text();
  }

  /// Replaces a text in a file.
  void edit(String name, String from, String to) {
    String text = text(name);
    if (!text.contains(from)) {
      throw new IllegalArgumentException(name + " does not hold " + from);
    }
    files.put(name, Bytes.utf8(text.replace(from, to)));
  }

  public FolderMetadataSource source() {
    return FolderMetadataSource.of(files);
  }

  /// A trust store in memory.
  public static final class MemoryTrust implements TrustStore {
    public final Map<String, Bytes> kept = new HashMap<>();

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
