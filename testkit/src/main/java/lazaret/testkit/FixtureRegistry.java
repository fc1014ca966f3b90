package lazaret.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.index.IndexPath;

/// A registry of test crates: index files in the sparse layout, artifacts, and other files. It may
/// be changed while it is served. Thread-safe.
public final class FixtureRegistry implements UpstreamContent {
  private final Map<String, Map<String, String>> lines = new TreeMap<>();
  private final Map<Key, Bytes> artifacts = new HashMap<>();
  private final Map<String, Bytes> files = new HashMap<>();

  /// The key of an artifact.
  private record Key(String name, String version) {
    String path() {
      return name + "/" + name + "-" + version + ".crate";
    }
  }

  /// Creates an empty registry.
  public FixtureRegistry() {}

  /// Returns a registry with crates, published in order.
  public static FixtureRegistry of(CrateBuilder... crates) {
    var registry = new FixtureRegistry();
    for (CrateBuilder crate : crates) {
      registry.publish(crate);
    }
    return registry;
  }

  /// Publishes a crate with its normal index line. A version that exists is replaced.
  public FixtureRegistry publish(CrateBuilder crate) {
    return publish(crate, line -> line);
  }

  /// Publishes a crate with an edited index line.
  public FixtureRegistry publish(CrateBuilder crate, UnaryOperator<IndexLineBuilder> edit) {
    String line = edit.apply(crate.indexLine()).build();
    return line(crate.name(), crate.version(), line)
        .artifact(crate.name(), crate.version(), crate.build());
  }

  /// Publishes a crate with a time of publication.
  public CrateId publish(CrateBuilder crate, Instant published) {
    publish(crate, line -> line.pubtime(published));
    return crate.id();
  }

  /// Sets an index line to any text, at its position or at the end of its file.
  public synchronized FixtureRegistry line(String name, String version, String line) {
    lines
        .computeIfAbsent(IndexPath.of(CrateName.parse(name)), _ -> new LinkedHashMap<>())
        .put(version, line);
    return this;
  }

  /// Removes an index line, as a deletion by upstream's team does.
  public synchronized FixtureRegistry removeLine(String name, String version) {
    Map<String, String> file = lines.get(IndexPath.of(CrateName.parse(name)));
    if (file != null) {
      file.remove(version);
    }
    return this;
  }

  /// Sets an artifact to any bytes; its index line stays.
  public synchronized FixtureRegistry artifact(String name, String version, Bytes bytes) {
    artifacts.put(new Key(name, version), bytes);
    return this;
  }

  /// Removes an artifact; its index line stays.
  public synchronized FixtureRegistry removeArtifact(String name, String version) {
    artifacts.remove(new Key(name, version));
    return this;
  }

  /// Sets another file, such as a feed of releases.
  ///
  /// @param path path of the request: `/rss/updates.xml`
  public synchronized FixtureRegistry file(String path, Bytes bytes) {
    files.put(path, bytes);
    return this;
  }

  @Override
  public synchronized Optional<Bytes> index(String path) {
    return Optional.ofNullable(lines.get(path))
        .filter(file -> !file.isEmpty())
        .map(file -> Bytes.utf8(String.join("\n", file.values()) + "\n"));
  }

  @Override
  public synchronized Optional<Bytes> artifact(String name, String version) {
    return Optional.ofNullable(artifacts.get(new Key(name, version)));
  }

  @Override
  public synchronized Optional<Bytes> file(String path) {
    return Optional.ofNullable(files.get(path));
  }

  /// Returns the paths of all index files, below the root of the index.
  public synchronized List<String> indexPaths() {
    return new ArrayList<>(lines.keySet());
  }

  /// Writes the registry as a folder upstream: `index/se/rd/serde`,
  /// `crates/serde/serde-1.0.0.crate`.
  ///
  /// @throws UncheckedIOException if it cannot be written
  public synchronized FixtureRegistry writeTo(Path folder) {
    for (String path : lines.keySet()) {
      index(path).ifPresent(file -> write(folder.resolve("index").resolve(path), file));
    }
    artifacts.forEach((key, bytes) -> write(folder.resolve("crates").resolve(key.path()), bytes));
    return this;
  }

  private static void write(Path file, Bytes content) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, content.array());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write test data " + file, e);
    }
  }
}
