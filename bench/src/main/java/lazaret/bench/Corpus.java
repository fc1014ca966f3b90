package lazaret.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.Dependency;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.IndexLineBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.IndexPath;
import lazaret.vetting.text.KebabCase;

/// The generated upstream, equal in every run: index files of fixed sizes, and crates of random
/// bytes. Paths are those of the mirror; nginx serves the same ones.
///
/// @param folder upstream in the layout of a folder
/// @param paths paths of each set
record Corpus(Path folder, Map<Part, List<String>> paths) {
  /// The sets of files.
  enum Part {
    INDEX_5K(16, 16, 5_000),
    INDEX_100K(8, 8, 100_000),
    CRATE_20K(32, 32, 19_500),
    CRATE_100K(16, 16, 99_500),
    CRATE_1M(8, 8, 1_000_000),
    CRATE_5M(4, 4, 5_000_000),
    TOUCH_20K(3_000, 750, 19_500),
    TOUCH_100K(900, 240, 99_500),
    TOUCH_1M(90, 24, 1_000_000),
    TOUCH_5M(24, 9, 5_000_000);

    private final int count;
    private final int quickCount;
    private final int bytes;

    Part(int count, int quickCount, int bytes) {
      this.count = count;
      this.quickCount = quickCount;
      this.bytes = bytes;
    }

    boolean isIndex() {
      return this == INDEX_5K || this == INDEX_100K;
    }

    private String crate(int number) {
      return "bench-" + KebabCase.of(this) + "-" + number;
    }
  }

  private static final Instant PUBLISHED = Instant.parse("2020-01-01T00:00:00Z");
  private static final int VERSIONS = 20;

  /// Generates the upstream.
  static Corpus generate(Path folder, boolean quick) {
    Map<Part, List<String>> paths = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      int count = quick ? part.quickCount : part.count;
      // Each part has its own registry, so that only its artifacts are in memory.
      var registry = new FixtureRegistry();
      paths.put(
          part, part.isIndex() ? indexes(registry, part, count) : crates(registry, part, count));
      registry.writeTo(folder);
    }
    return new Corpus(folder, paths);
  }

  private static List<String> indexes(FixtureRegistry registry, Part part, int count) {
    var random = new Random(part.bytes);
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = part.crate(i);
      int size = 0;
      for (int patch = 0; size < part.bytes; patch++) {
        String version = "1.0." + patch;
        String line =
            IndexLineBuilder.line(name, version)
                .dep(Dependency.on("serde", "^1.0." + patch).withFeatures("derive", "std"))
                .dep(Dependency.on("log", "^0.4"))
                .feature("default", "std")
                .feature("std")
                .cksum(Sha256.of(Bytes.of(bytes(random, 16))))
                .pubtime(PUBLISHED)
                .build();
        registry.line(name, version, line);
        size += line.length() + 1;
      }
      paths.add("/index/" + IndexPath.of(CrateName.parse(name)));
    }
    return paths;
  }

  private static List<String> crates(FixtureRegistry registry, Part part, int count) {
    var random = new Random(part.bytes + 1L);
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = part.crate(i / VERSIONS);
      String version = "1.0." + i % VERSIONS;
      Bytes file =
          CrateBuilder.crate(name, version).file("data.bin", bytes(random, part.bytes)).build();
      Sha256 digest = Sha256.of(file);
      String line = IndexLineBuilder.line(name, version).cksum(digest).pubtime(PUBLISHED).build();
      registry.line(name, version, line).artifact(name, version, file);
      paths.add("/dl/" + name + "/" + version + "/" + digest.hex());
    }
    return paths;
  }

  private static byte[] bytes(Random random, int count) {
    byte[] out = new byte[count];
    random.nextBytes(out);
    return out;
  }

  List<String> of(Part part) {
    return paths.getOrDefault(part, List.of());
  }

  /// Fetches everything through the mirror, which vets and stores it, and writes its responses for
  /// nginx.
  ///
  /// @param root folder that nginx serves
  /// @throws IllegalStateException if the mirror refuses a request
  void fill(Server mirror, Path root) {
    var client = new LoadClient(mirror);
    for (Part part : Part.values()) {
      Sample filled = client.each(mirror, of(part), 8);
      if (filled.failures() > 0) {
        new LoadClient(mirror).get(of(part).getFirst(), "").good(of(part).getFirst());
        throw new IllegalStateException(filled.failures() + " failures in " + part);
      }
      for (String path : of(part)) {
        Path file = root.resolve(path.substring(1));
        if (part.isIndex()) {
          write(file, client.get(path, "").good(path));
          write(file.resolveSibling(file.getFileName() + ".gz"), compressed(client, path));
        } else {
          link(file, path);
        }
      }
    }
  }

  private static Bytes compressed(LoadClient client, String path) {
    return client.get(path, "Accept-Encoding: gzip").good(path);
  }

  private void link(Path file, String path) {
    String[] steps = path.split("/", -1);
    Path crate =
        folder.resolve("crates").resolve(steps[2]).resolve(steps[2] + "-" + steps[3] + ".crate");
    try {
      Files.createDirectories(file.getParent());
      Files.createLink(file, crate);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot link " + file, e);
    }
  }

  private static void write(Path file, Bytes content) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, content.array());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
