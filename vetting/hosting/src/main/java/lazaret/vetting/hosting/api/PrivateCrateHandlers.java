package lazaret.vetting.hosting.api;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.desk.api.HandlerSource;
import lazaret.vetting.desk.api.HandlerTable;
import lazaret.vetting.desk.api.ProblemException;
import lazaret.vetting.deskapi.HostingOperations;
import lazaret.vetting.deskapi.hosting.PrivateCrateInfo;
import lazaret.vetting.deskapi.hosting.PrivateCrateReply;
import lazaret.vetting.deskapi.hosting.PrivateCrateRequest;
import lazaret.vetting.deskapi.hosting.PrivateCratesReply;
import lazaret.vetting.deskapi.hosting.PrivateCratesRequest;
import lazaret.vetting.deskapi.hosting.PrivateDeletionReply;
import lazaret.vetting.deskapi.hosting.PrivateDeletionRequest;
import lazaret.vetting.deskapi.hosting.PrivateOwnerInfo;
import lazaret.vetting.deskapi.hosting.PrivateOwnersReply;
import lazaret.vetting.deskapi.hosting.PrivateOwnersRequest;
import lazaret.vetting.deskapi.hosting.PublicationInfo;
import lazaret.vetting.hosting.VersionChanges.DeletionResult;
import lazaret.vetting.hosting.owners.CrateOwner;
import lazaret.vetting.hosting.owners.CrateOwners;
import lazaret.vetting.hosting.owners.OwnerEntry;
import lazaret.vetting.hosting.owners.OwnerLookup;
import lazaret.vetting.hosting.owners.OwnerOrder;
import lazaret.vetting.hosting.owners.OwnerResult;
import lazaret.vetting.hosting.owners.OwnerService;
import lazaret.vetting.hosting.record.HostedName;
import lazaret.vetting.hosting.record.Provenance;
import lazaret.vetting.hosting.record.Publication;
import lazaret.vetting.hosting.record.PublicationRows;
import lazaret.vetting.hosting.record.PublicationState;
import org.jspecify.annotations.Nullable;

/// The operations of the desk on private crates.
///
/// @param search finds crates
/// @param rows the stored publications
/// @param owners the stored owners
/// @param people the names of owners
/// @param deletion deletes versions
public record PrivateCrateHandlers(
    HostedSearch search,
    PublicationRows rows,
    OwnerService owners,
    OwnerLookup people,
    Deletion deletion)
    implements HandlerSource {
  private static final int MAX_LISTED = 100;

  /// Deletes versions.
  @FunctionalInterface
  public interface Deletion {
    /// Deletes a version.
    ///
    /// @param by an administrator
    /// @return the deleted version, or empty if there is no such version
    /// @throws lazaret.vetting.MalformedException if the reason is blank or too long
    Optional<DeletionResult> delete(Caller by, CrateName name, CrateVersion version, String reason);
  }

  @Override
  public void addTo(HandlerTable handlers) {
    handlers.add(HostingOperations.CRATES, (request, _) -> crates(request));
    handlers.add(HostingOperations.CRATE, (request, _) -> crate(request));
    handlers.add(HostingOperations.CHANGE_OWNERS, this::change);
    handlers.add(HostingOperations.DELETE, this::delete);
  }

  PrivateCratesReply crates(PrivateCratesRequest request) {
    HostedSearch.Found found =
        search.find(
            request.q() == null ? "" : request.q(),
            MAX_LISTED,
            request.after() == null ? "" : request.after());
    List<HostedSearch.Hit> hits = found.hits();
    return new PrivateCratesReply(
        hits.stream().map(this::info).toList(),
        found.total(),
        hits.size() < MAX_LISTED ? null : hits.getLast().name().collisionKey());
  }

  private PrivateCrateInfo info(HostedSearch.Hit hit) {
    HostedName hosted = hit.hosted();
    return new PrivateCrateInfo(
        hosted.name(),
        hit.newest(),
        hit.description(),
        hosted.since(),
        hosted.from(),
        logins(hosted.name()));
  }

  private List<String> logins(CrateName name) {
    return owners
        .find(name)
        .map(all -> all.owners().stream().map(each -> each.crateOwner().login()).toList())
        .orElse(List.of());
  }

  PrivateCrateReply crate(PrivateCrateRequest request) {
    HostedName hosted = known(request.name());
    List<OwnerEntry> all = owners.find(hosted.name()).map(CrateOwners::owners).orElse(List.of());
    return new PrivateCrateReply(
        hosted.name(),
        hosted.since(),
        hosted.by(),
        hosted.from(),
        all.stream().map(this::owner).toList(),
        search.versions(hosted.name()).stream().map(PrivateCrateHandlers::publication).toList());
  }

  private HostedName known(CrateName name) {
    return rows.name(name).orElseThrow(() -> unknown(name.published()));
  }

  private static ProblemException unknown(String what) {
    return new ProblemException(
        ErrorCode.UNKNOWN, "there is no '%s' in the private registry".formatted(what));
  }

  private PrivateOwnerInfo owner(OwnerEntry entry) {
    CrateOwner owner = entry.crateOwner();
    return new PrivateOwnerInfo(owner.login(), people.displayName(owner), entry.by(), entry.at());
  }

  private static PublicationInfo publication(Publication each) {
    Provenance provenance = each.provenance();
    return new PublicationInfo(
        each.version(),
        each.id().cksum(),
        state(each.state()),
        each.published(),
        provenance.publisher(),
        provenance.token(),
        job(provenance.job()),
        provenance.userAgent(),
        each.reason());
  }

  private static PublicationInfo.State state(PublicationState state) {
    return switch (state) {
      case LIVE -> PublicationInfo.State.LIVE;
      case HELD -> PublicationInfo.State.HELD;
      case YANKED -> PublicationInfo.State.YANKED;
      case DELETED -> PublicationInfo.State.DELETED;
    };
  }

  private static PublicationInfo.@Nullable Job job(Provenance.@Nullable Job job) {
    return job == null
        ? null
        : new PublicationInfo.Job(
            job.issuer(), job.run(), job.repository(), job.commit(), job.reference());
  }

  PrivateOwnersReply change(PrivateOwnersRequest request, Caller caller) {
    CrateName name = known(request.name()).name();
    List<OwnerOrder> orders =
        Stream.of(
                new OwnerOrder(name, true, request.add()),
                new OwnerOrder(name, false, request.remove()))
            .filter(order -> !order.owners().isEmpty())
            .toList();
    if (!orders.isEmpty()
        && owners.change(orders, caller.owner())
            instanceof OwnerResult.Refused(ErrorCode code, String detail)) {
      throw new ProblemException(code, detail);
    }
    return new PrivateOwnersReply(name, logins(name));
  }

  PrivateDeletionReply delete(PrivateDeletionRequest request, Caller caller) {
    DeletionResult result =
        deletion
            .delete(caller, request.name(), request.version(), request.reason())
            .orElseThrow(
                () -> unknown(request.name().published() + " " + request.version().text()));
    Publication deleted = result.version();
    return new PrivateDeletionReply(
        deleted.name(), deleted.version(), deleted.id().cksum(), result.inForceEverywhereAt());
  }
}
