package lazaret.sbom;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.CrateOperations;
import lazaret.vetting.deskapi.FeedOperations;
import lazaret.vetting.deskapi.HostingOperations;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.client.DeskClient;
import lazaret.vetting.deskapi.client.DeskException;
import lazaret.vetting.deskapi.crates.FindingsInfo;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.deskapi.crates.VersionRequest;
import lazaret.vetting.deskapi.feeds.AdvisoryInfo;
import lazaret.vetting.deskapi.feeds.AdvisoryReply;
import lazaret.vetting.deskapi.feeds.AdvisoryRequest;
import lazaret.vetting.deskapi.hosting.PrivateCrateReply;
import lazaret.vetting.deskapi.hosting.PrivateCrateRequest;
import lazaret.vetting.deskapi.hosting.PublicationInfo;
import org.jspecify.annotations.Nullable;

/// The facts that a desk has, with one request for each version and advisory. A request that a rate
/// limit refuses is repeated after the time that the desk names. Not thread-safe.
public final class DeskSbomSource implements SbomSource {
  private static final int MOST_WAITS = 10;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(35);
  private static final Duration USUAL_PAUSE = Duration.ofSeconds(5);

  private final DeskClient desk;
  private final Consumer<Duration> pause;
  private final Runnable step;
  private final Map<String, List<AdvisoryInfo>> records = new HashMap<>();
  private final Map<CrateName, List<PublicationInfo>> published = new HashMap<>();

  /// Creates a source over a desk, which is not closed with it.
  ///
  /// @param pause waits for a time
  /// @param step is called after each version
  public DeskSbomSource(DeskClient desk, Consumer<Duration> pause, Runnable step) {
    this.desk = desk;
    this.pause = pause;
    this.step = step;
  }

  /// Returns the facts of the desk. There are none of a version that the index does not list, or
  /// for which upstream must be asked and does not respond.
  ///
  /// @throws DeskException if the desk refuses the request for another reason or no reply arrives
  @Override
  public VersionFacts version(CrateName name, CrateVersion version) {
    Optional<VersionReply> known =
        known(
            CrateOperations.VERSION,
            new VersionRequest(name, version),
            "cannot describe %s@%s".formatted(name, version));
    step.run();
    return known.map(DeskSbomSource::facts).orElse(VersionFacts.NONE);
  }

  private static VersionFacts facts(VersionReply reply) {
    FindingsInfo findings = reply.findings();
    return new VersionFacts(findings == null ? null : findings.license(), reply.decisions());
  }

  /// Returns the publication that the desk has. The versions of a crate are requested once.
  ///
  /// @throws DeskException if the desk refuses the request for another reason or no reply arrives
  @Override
  public Optional<PublicationInfo> publication(CrateName name, CrateVersion version) {
    return published
        .computeIfAbsent(
            name,
            _ ->
                known(
                        HostingOperations.CRATE,
                        new PrivateCrateRequest(name),
                        "cannot describe the private crate " + name)
                    .map(PrivateCrateReply::versions)
                    .orElse(List.of()))
        .stream()
        .filter(each -> each.version().equals(version))
        .findFirst();
  }

  /// Returns the records of the desk.
  ///
  /// @throws DeskException if the desk refuses the request for another reason than an unknown id,
  ///   or no reply arrives
  @Override
  public List<AdvisoryInfo> advisories(String id) {
    return records.computeIfAbsent(id, this::requested);
  }

  private List<AdvisoryInfo> requested(String id) {
    return known(FeedOperations.ADVISORY, new AdvisoryRequest(id), "cannot describe advisory " + id)
        .map(AdvisoryReply::advisories)
        .orElse(List.of());
  }

  /// Returns the result of an operation, or nothing if the desk does not know the object.
  private <Q extends Record, R extends Record> Optional<R> known(
      Operation<Q, R> operation, Q request, String attempt) {
    for (int waits = 0; ; waits++) {
      switch (desk.reply(operation, request)) {
        case Reply.Done<R> done -> {
          return Optional.of(done.value());
        }
        case Reply.Refused<R> refused -> {
          ErrorCode code = refused.problems().getFirst().code();
          if (code == ErrorCode.UNKNOWN || code == ErrorCode.UPSTREAM_UNAVAILABLE) {
            return Optional.empty();
          }
          if (code != ErrorCode.RATE_LIMITED || waits == MOST_WAITS) {
            throw new DeskException(attempt, refused.problems());
          }
          pause.accept(time(refused.retryAfter()));
        }
      }
    }
  }

  private static Duration time(@Nullable Duration retryAfter) {
    Duration named = retryAfter == null ? USUAL_PAUSE : retryAfter;
    return named.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : named;
  }
}
