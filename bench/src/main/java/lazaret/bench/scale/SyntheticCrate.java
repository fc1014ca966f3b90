package lazaret.bench.scale;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import lazaret.vetting.Bytes;
import lazaret.vetting.archive.UnverifiedCrate;
import lazaret.vetting.archive.Verification;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.StoredLine;

/// One crate of a synthetic store, equal for the same number in every run. Its index lines are as
/// long as those of the public registry, about 600 bytes each.
///
/// @param crate the index file
/// @param artifacts artifacts of one version in ten, with a few bytes each
/// @param body the lines, each with a line break at its end
record SyntheticCrate(StoredCrate crate, List<VerifiedCrate> artifacts, Bytes body) {
  private static final int HELD_ONE_IN = 10;
  private static final String[] WORDS = {
    "async", "serde", "http", "json", "core", "macro", "util", "net", "log", "time", "rand", "hash",
    "parse", "fmt", "io", "sync", "derive", "error", "test", "build", "sys", "ffi", "gpu", "math",
    "geo", "text", "color", "cli", "term", "audio", "image", "font", "db", "sql", "cache", "queue",
    "rpc", "proto", "codec", "zip", "crypto", "tls", "key", "auth", "web", "wasm", "embed", "hal",
    "os", "fs", "path", "mem", "alloc", "arena", "graph", "tree", "list", "map", "set", "iter",
    "bench", "trace", "metric", "config"
  };

  /// The properties of a crate to make.
  ///
  /// @param name name of the crate
  /// @param size number of versions
  /// @param newest publish time of its newest version
  /// @param step time between two versions
  /// @param among number of crates of the store, from which its dependencies are chosen
  record Order(CrateName name, int size, Instant newest, Duration step, int among) {
    /// Returns the same crate with versions that were added later. The lines of the others stay.
    Order with(int added) {
      return added == 0
          ? this
          : new Order(name, size + added, newest.plus(step.multipliedBy(added)), step, among);
    }
  }

  /// Returns the name of a crate, which is unique for its number below 64³.
  static CrateName name(int number) {
    // An odd factor permutes the numbers below a power of two: consecutive numbers get different
    // names.
    int mixed = number * 96_721 & (1 << 18) - 1;
    return CrateName.parse(
        WORDS[mixed >> 12 & 63] + "-" + WORDS[mixed & 63] + "-" + WORDS[mixed >> 6 & 63]);
  }

  /// Returns the version at a position of an index file.
  static String version(int position) {
    return position / 50 + 1 + "." + position / 5 % 10 + "." + position % 5;
  }

  static SyntheticCrate of(Order order) {
    List<VerifiedCrate> artifacts = new ArrayList<>();
    Bytes body = body(order, artifacts);
    Instant seen = order.newest();
    return new SyntheticCrate(
        new StoredCrate(
            order.name(),
            IndexFile.stored(order.name(), body).orElseThrow().stream()
                .map(entry -> StoredLine.first(entry, seen, null))
                .toList(),
            List.of()),
        artifacts,
        body);
  }

  /// Returns the index file of a crate, as a registry sends it.
  static Bytes body(Order order) {
    return body(order, new ArrayList<>());
  }

  /// Returns the index file of a crate.
  ///
  /// @param artifacts receives the artifacts
  private static Bytes body(Order order, List<VerifiedCrate> artifacts) {
    var random = new SplittableRandom(order.name().published().hashCode());
    String deps = dependencies(order, random);
    StringBuilder text = new StringBuilder(order.size() * 640);
    for (int i = 0; i < order.size(); i++) {
      String version = version(i);
      boolean held = random.nextInt(HELD_ONE_IN) == 0;
      Sha256 cksum = held ? null : Sha256.fromDigest(digest(random));
      if (cksum == null) {
        Bytes bytes = Bytes.utf8(order.name() + " " + version);
        cksum = Sha256.of(bytes);
        var id = new CrateId(order.name(), CrateVersion.parse(version), cksum);
        if (new UnverifiedCrate(bytes).verify(id) instanceof Verification.Match match) {
          artifacts.add(match.crate());
        }
      }
      Instant published = order.newest().minus(order.step().multipliedBy(order.size() - 1L - i));
      text.append("{\"name\":\"").append(order.name().published());
      text.append("\",\"vers\":\"").append(version).append("\",\"deps\":[").append(deps);
      text.append("],\"cksum\":\"").append(cksum.hex());
      text.append("\",\"features\":{\"default\":[\"std\"],\"std\":[]},\"yanked\":");
      text.append(random.nextInt(50) == 0);
      text.append(",\"rust_version\":\"1.70\",\"pubtime\":\"");
      text.append(published.truncatedTo(ChronoUnit.SECONDS)).append("\"}\n");
    }
    return Bytes.utf8(text.toString());
  }

  private static byte[] digest(SplittableRandom random) {
    byte[] digest = new byte[Sha256.LENGTH];
    random.nextBytes(digest);
    return digest;
  }

  private static String dependencies(Order order, SplittableRandom random) {
    StringBuilder deps = new StringBuilder();
    for (int left = random.nextInt(6); left > 0; left--) {
      // Most crates depend on the same few.
      double skewed = Math.pow(random.nextDouble(), 4);
      CrateName other = name((int) (skewed * order.among()));
      deps.append(deps.isEmpty() ? "" : ",").append("{\"name\":\"").append(other.published());
      deps.append("\",\"req\":\"^1\",\"features\":[],\"optional\":").append(random.nextInt(4) == 0);
      deps.append(",\"default_features\":true,\"target\":null,\"kind\":\"");
      deps.append(random.nextInt(4) == 0 ? "dev" : "normal").append("\"}");
    }
    return deps.toString();
  }
}
