package lazaret.bundle.attack;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import lazaret.bundle.exporting.SingleFileBundle;
import lazaret.bundle.exporting.TestExports;
import lazaret.bundle.format.BundleTarget;
import lazaret.bundle.format.CrateTables;
import lazaret.bundle.format.Formats;
import lazaret.bundle.format.TableLineReader;
import lazaret.bundle.format.TableLineWriter;
import lazaret.bundle.tuf.CanonicalJson;
import lazaret.bundle.tuf.JsonTreeReader;
import lazaret.bundle.tuf.JsonValue;
import lazaret.bundle.tuf.Metadata;
import lazaret.bundle.tuf.MetadataReader;
import lazaret.bundle.tuf.MetadataWriter;
import lazaret.testkit.Gzip;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotLine;
import lazaret.vetting.snapshot.StateTree;

/// A bundle that an attacker modifies. An attacker with the keys of the officers can sign it again.
final class ForgedBundle {
  private static final String STATEMENT = BundleTarget.STATEMENT.path();

  private final String name;
  private final TreeMap<String, Bytes> metadata = new TreeMap<>();

  /// The target files by the names in the metadata; [#places] has their names on the medium.
  private final TreeMap<String, Bytes> targets = new TreeMap<>();

  private final Map<String, String> places = new HashMap<>();
  private final TreeSet<String> gone = new TreeSet<>();
  private final TreeMap<String, byte[]> more = new TreeMap<>();

  private ForgedBundle(String name) {
    this.name = name;
  }

  /// Reads a bundle.
  static ForgedBundle of(Path bundle) throws IOException {
    var forgery = new ForgedBundle(String.valueOf(bundle.getFileName()));
    try (Stream<Path> files = Files.list(bundle.resolve("metadata"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        forgery.metadata.put(
            String.valueOf(file.getFileName()), Bytes.of(Files.readAllBytes(file)));
      }
    }
    try (Stream<Path> files = Files.list(bundle.resolve("targets"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String place = String.valueOf(file.getFileName());
        String target = place.substring(place.indexOf('.') + 1);
        forgery.targets.put(target, Bytes.of(Files.readAllBytes(file)));
        forgery.places.put(target, place);
      }
    }
    return forgery;
  }

  ForgedBundle copy() {
    var copy = new ForgedBundle(name);
    copy.metadata.putAll(metadata);
    copy.targets.putAll(targets);
    copy.places.putAll(places);
    return copy;
  }

  // Operations without keys.

  Bytes get(String target) {
    return Optional.ofNullable(targets.get(target)).orElseThrow();
  }

  boolean has(String target) {
    return targets.containsKey(target);
  }

  /// Changes a file without changing its name.
  void put(String target, Bytes content) {
    targets.put(target, content);
  }

  void edit(String target, UnaryOperator<byte[]> change) {
    put(target, Bytes.of(change.apply(get(target).array().clone())));
  }

  void flip(String target, int at) {
    edit(
        target,
        bytes -> {
          bytes[at] ^= 1;
          return bytes;
        });
  }

  void lose(String target) {
    gone.add(target);
  }

  /// Renames a file according to its content.
  void rename(String target) {
    places.put(target, Sha256.of(get(target)) + "." + target);
  }

  /// Adds a file to the medium, by its path.
  void add(String path, byte[] content) {
    more.put(path, content);
  }

  Bytes metadata(String file) {
    return Optional.ofNullable(metadata.get(file)).orElseThrow();
  }

  void metadata(String file, Bytes content) {
    metadata.put(file, content);
  }

  /// Lists the current files as targets, with the original signatures.
  void listWithoutKeys() {
    list(false);
  }

  /// Lists the current files as targets, with stolen keys of snapshot and timestamp.
  void listWithOnlineKeys() {
    list(true);
  }

  private void list(boolean online) {
    targets.keySet().forEach(this::rename);
    String file = newest(".targets.json");
    Metadata.Targets before = MetadataReader.targets(metadata(file), "targets").content();
    long version = before.version();
    metadata(file, resigned(metadata(file), listing(version, before), false));
    String at = newest(".snapshot.json");
    var snapshot =
        new Metadata.Snapshot(
            version,
            before.expires(),
            Map.of("targets.json", Metadata.MetaFile.of(version, metadata(file))));
    metadata(at, resigned(metadata(at), snapshot, online));
    var timestamp =
        new Metadata.Timestamp(
            version, before.expires(), Metadata.MetaFile.of(version, metadata(at)));
    metadata("timestamp.json", resigned(metadata("timestamp.json"), timestamp, online));
  }

  private static Bytes resigned(Bytes before, Metadata content, boolean keys) {
    if (keys) {
      return signed(content);
    }
    String signatures = before.text().substring(0, before.text().indexOf(",\"signed\":"));
    String signed = CanonicalJson.document(MetadataWriter.signed(content)).text();
    return Bytes.utf8(signatures + ",\"signed\":" + signed + "}");
  }

  String newest(String ending) {
    return metadata.keySet().stream()
        .filter(f -> f.endsWith(ending))
        .reduce((_, b) -> b)
        .orElseThrow();
  }

  // Operations with the keys.

  /// Sets or removes a value of the statement.
  ///
  /// @param path the field names, separated by dots
  void say(String path, Optional<JsonValue> value) {
    JsonValue statement = JsonTreeReader.read(get(STATEMENT), STATEMENT);
    put(STATEMENT, CanonicalJson.document(changed(statement, List.of(path.split("\\.")), value)));
  }

  /// Returns a value of the statement.
  JsonValue said(String path) {
    JsonValue at = JsonTreeReader.read(get(STATEMENT), STATEMENT);
    for (String field : path.split("\\.", -1)) {
      at = ((JsonValue.Fields) at).fields().getOrDefault(field, new JsonValue.Nothing());
    }
    return at;
  }

  void say(String path, String text) {
    say(path, Optional.of(new JsonValue.Text(text)));
  }

  void say(String path, long number) {
    say(path, Optional.of(new JsonValue.Whole(number)));
  }

  private static JsonValue changed(JsonValue at, List<String> path, Optional<JsonValue> value) {
    if (!(at instanceof JsonValue.Fields(Map<String, JsonValue> had))) {
      throw new IllegalArgumentException("no object before " + path);
    }
    Map<String, JsonValue> fields = new LinkedHashMap<>(had);
    String first = path.getFirst();
    if (path.size() > 1) {
      JsonValue inner = fields.getOrDefault(first, new JsonValue.Fields(Map.of()));
      fields.put(first, changed(inner, path.subList(1, path.size()), value));
    } else if (value.isPresent()) {
      fields.put(first, value.get());
    } else {
      fields.remove(first);
    }
    return new JsonValue.Fields(fields);
  }

  List<String> lines(BundleTarget table) {
    return new String(Gzip.decompress(get(table.path())), StandardCharsets.UTF_8).lines().toList();
  }

  /// Replaces a table, and adjusts its length in the statement.
  void lines(BundleTarget table, List<String> lines) {
    var packed = new ByteArrayOutputStream();
    long length;
    try (var out = new TableLineWriter(packed)) {
      for (String line : lines) {
        out.line(Bytes.utf8(line));
      }
      length = out.length();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    put(table.path(), Bytes.of(packed.toByteArray()));
    sayLength(table, length);
  }

  void sayLength(BundleTarget table, long length) {
    sayLength(table, Optional.of(new JsonValue.Whole(length)));
  }

  void unsayLength(BundleTarget table) {
    sayLength(table, Optional.empty());
  }

  /// Sets the length of a table in the statement. The names of tables contain dots.
  private void sayLength(BundleTarget table, Optional<JsonValue> length) {
    JsonValue tables = changed(said("contents.tables"), List.of(table.path()), length);
    say("contents.tables", Optional.of(tables));
  }

  void editLines(BundleTarget table, UnaryOperator<List<String>> change) {
    lines(table, change.apply(new ArrayList<>(lines(table))));
  }

  /// Makes the statement agree with the tables of crates, as an attacker with the keys would.
  ///
  /// @param base the state that the tables apply to
  void settle(List<SnapshotCrate> base) {
    var state = new TreeMap<String, SnapshotCrate>();
    base.forEach(c -> state.put(c.name().collisionKey(), c));
    long entries = 0;
    for (SnapshotCrate crate : crates()) {
      entries += crate.lines().size();
      state.put(crate.name().collisionKey(), crate);
    }
    List<SnapshotCrate> result = state.values().stream().filter(c -> !c.gone()).toList();
    say("contents.entries", entries);
    say(
        "result.stateRoot",
        StateTree.root(result.stream().map(SnapshotCrate::leaf).iterator()).hex());
    say("result.crates", result.size());
    say("result.versions", result.stream().mapToLong(c -> c.lines().size()).sum());
  }

  List<SnapshotCrate> crates() {
    List<SnapshotCrate> crates = new ArrayList<>();
    try (var in =
        new CrateTables(
            table(BundleTarget.INDEX),
            table(BundleTarget.DECISIONS),
            List.of(Formats.KEY.publicKey()))) {
      for (Optional<SnapshotCrate> c = in.next(); c.isPresent(); c = in.next()) {
        crates.add(c.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return crates;
  }

  /// Replaces the tables of crates, with decisions signed one by one with the right key.
  void crates(List<SnapshotCrate> crates) {
    List<String> index = new ArrayList<>();
    List<String> decisions = new ArrayList<>();
    for (SnapshotCrate crate : crates) {
      index.add("{\"crate\":\"%s\",\"lines\":%d}".formatted(crate.name(), crate.lines().size()));
      for (SnapshotLine line : crate.lines()) {
        index.add(line.entry().raw().text());
        decisions.add(Formats.signed(line.statement().payload()).text());
      }
    }
    lines(BundleTarget.INDEX, index);
    lines(BundleTarget.DECISIONS, decisions);
  }

  /// Finds a line in the bundle.
  SnapshotLine line(String crate, String version) {
    return crates().stream()
        .flatMap(c -> c.lines().stream())
        .filter(l -> l.entry().name().published().equals(crate))
        .filter(l -> l.entry().version().text().equals(version))
        .findFirst()
        .orElseThrow();
  }

  private TableLineReader table(BundleTarget file) throws IOException {
    int length = Gzip.decompress(get(file.path())).length;
    return new TableLineReader(
        new ByteArrayInputStream(get(file.path()).array()), file.path(), length);
  }

  /// Signs everything with the keys of the officers and the export host, with unchanged versions.
  void sign() {
    String file = newest(".targets.json");
    Metadata.Targets listed = MetadataReader.targets(metadata(file), "targets").content();
    sign(listed.version());
  }

  void sign(long version) {
    String file = newest(".targets.json");
    Metadata.Targets before = MetadataReader.targets(metadata(file), "targets").content();
    metadata.keySet().removeIf(f -> !f.endsWith(".root.json"));
    targets.keySet().forEach(this::rename);
    Metadata.Targets listed = listing(version, before);
    Bytes signed = signed(listed);
    metadata(version + ".targets.json", signed);
    Bytes snapshot =
        signed(
            new Metadata.Snapshot(
                version,
                before.expires(),
                Map.of("targets.json", Metadata.MetaFile.of(version, signed))));
    metadata(version + ".snapshot.json", snapshot);
    metadata(
        "timestamp.json",
        signed(
            new Metadata.Timestamp(
                version, before.expires(), Metadata.MetaFile.of(version, snapshot))));
  }

  private Metadata.Targets listing(long version, Metadata.Targets before) {
    Map<String, Metadata.TargetFile> files = new HashMap<>();
    targets.forEach(
        (target, content) ->
            files.put(
                target,
                new Metadata.TargetFile(
                    content.length(), Map.of("sha256", Sha256.of(content).hex()))));
    return new Metadata.Targets(version, before.expires(), files, before.delegations());
  }

  private static Bytes signed(Metadata content) {
    return MetadataWriter.file(MetadataWriter.signed(content), TestExports.OPERATOR.keys());
  }

  void drop(String target) {
    targets.remove(target);
    places.remove(target);
  }

  // Operations that write to a medium.

  Path folder(Path into) throws IOException {
    Path bundle = Files.createDirectories(into.resolve(name));
    Path signed = Files.createDirectory(bundle.resolve("metadata"));
    Path content = Files.createDirectory(bundle.resolve("targets"));
    for (Map.Entry<String, Bytes> file : metadata.entrySet()) {
      Files.write(signed.resolve(file.getKey()), file.getValue().array());
    }
    for (Map.Entry<String, Bytes> target : targets.entrySet()) {
      if (!gone.contains(target.getKey())) {
        String place = places.getOrDefault(target.getKey(), target.getKey());
        Files.write(content.resolve(place), target.getValue().array());
      }
    }
    for (Map.Entry<String, byte[]> file : more.entrySet()) {
      Files.write(bundle.resolve(file.getKey()), file.getValue());
    }
    return bundle;
  }

  /// Writes the bundle in a form, into a folder that need not exist.
  Path onto(AttackTrial.Form form, Path into) throws IOException {
    Path bundle = folder(into);
    return form == AttackTrial.Form.FOLDER ? bundle : SingleFileBundle.pack(bundle);
  }
}
