package lazaret.sbom;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.CrateOperations;
import lazaret.vetting.deskapi.FeedOperations;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.client.DeskClient;
import lazaret.vetting.deskapi.crates.FindingsInfo;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.deskapi.crates.VersionRequest;
import lazaret.vetting.deskapi.feeds.AdvisoryInfo;
import lazaret.vetting.deskapi.feeds.AdvisoryReply;
import lazaret.vetting.deskapi.feeds.AdvisoryRequest;

/// The facts that a desk has, with one request for each version and advisory. Not thread-safe.
public final class DeskSbomSource implements SbomSource {
  private final DeskClient desk;
  private final Map<String, List<AdvisoryInfo>> records = new HashMap<>();

  /// Creates a source over a desk, which is not closed with it.
  public DeskSbomSource(DeskClient desk) {
    this.desk = desk;
  }

  /// Returns the facts of the desk. The desk refuses a version that the index does not list, of
  /// which there are no facts.
  ///
  /// @throws lazaret.vetting.deskapi.client.DeskException if no reply arrives
  @Override
  public VersionFacts version(CrateName name, CrateVersion version) {
    return switch (desk.reply(CrateOperations.VERSION, new VersionRequest(name, version))) {
      case Reply.Done<VersionReply> done -> facts(done.value());
      case Reply.Refused<VersionReply> _ -> VersionFacts.NONE;
    };
  }

  private static VersionFacts facts(VersionReply reply) {
    FindingsInfo findings = reply.findings();
    return new VersionFacts(findings == null ? null : findings.license(), reply.decisions());
  }

  /// Returns the records of the desk.
  ///
  /// @throws lazaret.vetting.deskapi.client.DeskException if no reply arrives
  @Override
  public List<AdvisoryInfo> advisories(String id) {
    return records.computeIfAbsent(id, this::requested);
  }

  private List<AdvisoryInfo> requested(String id) {
    return switch (desk.reply(FeedOperations.ADVISORY, new AdvisoryRequest(id))) {
      case Reply.Done<AdvisoryReply> done -> done.value().advisories();
      case Reply.Refused<AdvisoryReply> _ -> List.of();
    };
  }
}
