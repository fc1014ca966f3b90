package lazaret.results;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lazaret.bundle.tuf.SigningKey;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;

/// The revocations in force at this gate, signed for bundles: its own, and those that it has from
/// others. Revocations with one time and reason are in one line, outside of the feed. Thread-safe;
/// blocks.
final class ResultRevocationExport {
  /// The largest number of lines that each bundle carries, since each of them needs a signature.
  static final int MAX_LINES = 500;

  /// The size after which no further line begins.
  private static final int MAX_BYTES = 4 << 20;

  private final ResultRows rows;
  private final SigningKey key;
  private final Clock clock;

  ResultRevocationExport(ResultRows rows, SigningKey key, Clock clock) {
    this.rows = rows;
    this.key = key;
    this.clock = clock;
  }

  /// The content of a line.
  private record RevocationGroup(
      ResultRows.Revocation why, List<Sha256> keys, List<Sha256> archives) {
    int size() {
      return keys.size() + archives.size();
    }
  }

  /// Returns all lines.
  List<Bytes> all() {
    return groups().stream().map(this::sign).toList();
  }

  /// Returns the lines that each bundle carries: those of keys, then those of archives, each with
  /// the latest first. Earlier bundles had the older ones. There are none if the network could not
  /// verify them.
  ///
  /// @param ofRoot the keys that the root of the bundle names
  /// @param warnings receives a sentence if revocations are left out
  List<Bytes> latest(List<ResultKey> ofRoot, Consumer<String> warnings) {
    List<RevocationGroup> groups = ofRoot.isEmpty() ? List.of() : groups();
    if (groups.isEmpty()) {
      return List.of();
    }
    if (!isNamed(ofRoot)) {
      warnings.accept(
          "the bundle has no revocations of inspection results, because its root does not name the key of 'results.sign-key'; add it to 'resultKeys' with 'keys rotate --site'");
      return List.of();
    }
    List<Bytes> lines = new ArrayList<>();
    long bytes = 0;
    long leftOut = 0;
    for (RevocationGroup group : groups) {
      if (lines.size() < MAX_LINES && bytes < MAX_BYTES) {
        Bytes line = sign(group);
        bytes += line.length();
        lines.add(line);
      } else {
        leftOut += group.size();
      }
    }
    if (leftOut > 0) {
      warnings.accept(
          "%d older revocations of inspection results are not in the bundle; a bundle with --with results has all"
              .formatted(leftOut));
    }
    return lines;
  }

  private boolean isNamed(List<ResultKey> ofRoot) {
    Sha256 id = ResultKey.id(key.publicKey());
    Instant now = clock.instant();
    return ofRoot.stream().anyMatch(named -> named.id().equals(id) && named.holds(now));
  }

  private List<RevocationGroup> groups() {
    List<RevocationGroup> keys = new ArrayList<>();
    List<RevocationGroup> archives = new ArrayList<>();
    ResultPublisher.grouped(
        rows::eachRevokedKey, (why, some) -> keys.add(new RevocationGroup(why, some, List.of())));
    ResultPublisher.grouped(
        this::eachArchive, (why, some) -> archives.add(new RevocationGroup(why, List.of(), some)));
    Comparator<RevocationGroup> latest =
        Comparator.comparing((RevocationGroup group) -> group.why().at()).reversed();
    keys.sort(latest);
    archives.sort(latest);
    return Stream.concat(keys.stream(), archives.stream()).toList();
  }

  /// Gives each revoked archive to an action, without the lines of sources: those of one time and
  /// reason travel together. Superseded ones do not travel.
  private void eachArchive(BiConsumer<Sha256, ResultRows.Revocation> action) {
    rows.eachRevokedArchive(
        (id, why) -> {
          if (!why.isSuperseded()) {
            action.accept(id, ResultRows.Revocation.here(why.at(), why.by(), why.reason()));
          }
        });
  }

  private Bytes sign(RevocationGroup group) {
    return ResultEnvelope.sign(
        new ResultRevocation(
            ResultRevocation.FORMAT,
            group.why().at(),
            0,
            group.keys(),
            group.archives(),
            group.why().reason()),
        key);
  }
}
