package lazaret.results;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.Inspector;
import lazaret.vetting.inspect.SignalCode;
import lazaret.vetting.linecheck.ManifestCheck;

/// The rules by which a result of another gate is used. Thread-safe; blocks.
final class ResultTrust {
  private final ResultRows rows;
  private final Supplier<List<ResultKey>> keys;
  private final Duration maxAge;

  /// Creates the rules.
  ///
  /// @param keys the pinned keys, which may change: those of the configuration and of the root
  ResultTrust(ResultRows rows, Supplier<List<ResultKey>> keys, Duration maxAge) {
    this.rows = rows;
    this.keys = keys;
    this.maxAge = maxAge;
  }

  /// Returns the pinned keys, in force or not.
  List<ResultKey> pinned() {
    return keys.get();
  }

  /// Returns the keys whose signatures count now.
  List<TufKey> signers(Instant now) {
    return signers(keys.get(), now);
  }

  /// Returns those of some pinned keys whose signatures count now.
  List<TufKey> signers(List<ResultKey> from, Instant now) {
    return from.stream()
        .filter(key -> key.holds(now) && rows.revokedKey(key.id()).isEmpty())
        .map(ResultKey::key)
        .toList();
  }

  /// Returns the ids of the keys that are pinned, in force and not revoked.
  Set<Sha256> trusted(Instant now) {
    return keys.get().stream()
        .filter(key -> key.holds(now))
        .map(ResultKey::id)
        .filter(id -> rows.revokedKey(id).isEmpty())
        .collect(Collectors.toSet());
  }

  /// Returns a check whether findings of a source must be computed again: its key or the archive is
  /// revoked now. A revocation does not cover later results of its source. The end of a key's time
  /// does not concern results that were used before.
  Predicate<ResultRows.Used> revoked() {
    Set<Sha256> revoked = new HashSet<>();
    rows.eachRevokedKey((id, _) -> revoked.add(id));
    Map<Sha256, List<ResultRows.Revocation>> archives = new HashMap<>();
    rows.eachRevokedArchive(
        (id, why) -> archives.computeIfAbsent(id, _ -> new ArrayList<>()).add(why));
    return used ->
        revoked.contains(used.source().key())
            || archives.getOrDefault(used.id().cksum(), List.of()).stream()
                .anyMatch(why -> !why.isBefore(used.source()));
  }

  /// Returns whether a result is too old, or its key does not count any more.
  ///
  /// @param trusted the keys that count now
  boolean isPast(ResultRows.Source source, Set<Sha256> trusted, Instant now) {
    return source.inspector() != Inspector.VERSION
        || source.at().isAfter(now.plus(Duration.ofDays(1)))
        || source.at().plus(maxAge).isBefore(now)
        || !trusted.contains(source.key());
  }

  /// Returns the findings of a result if an inspection with these expectations would have the same.
  ///
  /// @throws lazaret.vetting.MalformedException if the findings cannot be read
  Optional<Findings> usable(ResultRows.Waiting waiting, Inspector.Expected expected, Instant now) {
    InspectionResult result = waiting.result();
    Sha256 line = expected.line() == null ? null : ManifestCheck.digest(expected.line());
    if (isPast(waiting.source(), trusted(now), now)
        || rows.isRevoked(result.id().cksum(), waiting.source())
        || !Objects.equals(line, result.line())) {
      return Optional.empty();
    }
    Findings findings = result.read();
    return searched(waiting.source(), expected.indicators().digest())
            || (expected.indicators().isEmpty() && !namesIndicator(findings))
        ? Optional.of(findings)
        : Optional.empty();
  }

  /// Returns whether the artifact of a result was searched for some indicators.
  private boolean searched(ResultRows.Source source, Sha256 indicators) {
    if (source.indicators().equals(indicators)) {
      return true;
    }
    ResultRows.Position position = rows.position(source.name());
    return source.sequence() > 0
        && source.sequence() <= position.confirms()
        && indicators.equals(position.indicators());
  }

  private static boolean namesIndicator(Findings findings) {
    return findings.signals().stream()
        .anyMatch(s -> s.code() == SignalCode.IOC_DIGEST || s.code() == SignalCode.IOC_TEXT);
  }
}
