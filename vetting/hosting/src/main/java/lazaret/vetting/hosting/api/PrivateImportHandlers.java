package lazaret.vetting.hosting.api;

import java.util.List;
import java.util.regex.Pattern;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.desk.api.HandlerSource;
import lazaret.vetting.desk.api.HandlerTable;
import lazaret.vetting.desk.api.ProblemException;
import lazaret.vetting.deskapi.HostingOperations;
import lazaret.vetting.deskapi.hosting.PrivateImportReply;
import lazaret.vetting.deskapi.hosting.PrivateImportReply.Outcome;
import lazaret.vetting.deskapi.hosting.PrivateImportRequest;
import lazaret.vetting.hosting.HostedCrates;
import lazaret.vetting.hosting.HostedCrates.ArchiveRequirements;
import lazaret.vetting.hosting.PublishOrder;
import lazaret.vetting.hosting.PublishResult;
import lazaret.vetting.hosting.owners.CrateOwner;
import lazaret.vetting.hosting.owners.OwnerLookup;
import lazaret.vetting.hosting.owners.OwnerRights;
import lazaret.vetting.hosting.record.Publication;
import lazaret.vetting.hosting.record.PublicationRows;
import lazaret.vetting.hosting.record.PublicationState;
import org.jspecify.annotations.Nullable;

/// The operation by which an administrator publishes archives of another registry for a person or
/// group that owns the crates. Each archive gets all checks of a publication.
///
/// @param crates the private crates
/// @param people the persons and groups that can own crates
public record PrivateImportHandlers(HostedCrates crates, OwnerLookup people)
    implements HandlerSource {
  private static final int MAX_REGISTRIES = 10;

  /// The addresses that a text of TOML can have as they are: printable ASCII characters, without a
  /// space, a quotation mark or a backslash.
  private static final Pattern ADDRESS = Pattern.compile("[!-~&&[^\"\\\\]]{1,300}");

  @Override
  public void addTo(HandlerTable handlers) {
    handlers.add(HostingOperations.IMPORT, this::take);
  }

  /// Imports one version.
  ///
  /// @throws lazaret.vetting.MalformedException if the archive cannot be read
  /// @throws ProblemException `unknown` if the owner is unknown; another code if a rule refuses the
  ///   version
  public PrivateImportReply take(PrivateImportRequest request, Caller caller) {
    Caller owner = owner(request, caller);
    Publication before =
        PublicationRows.slot(
                crates.rows().versions(request.name()),
                Publication.key(request.name(), request.version()))
            .filter(each -> each.id().cksum().equals(Sha256.of(request.archive())))
            .orElse(null);
    if (before != null && before.state() != PublicationState.DELETED && !crates.isLost(before)) {
      // The yank may lack if an import ended between both steps.
      yank(request, owner);
      return reply(request, Outcome.PRESENT, null, List.of());
    }
    ArchiveRequirements lacking =
        crates.requirements(new CrateArchive(request.name(), request.version(), request.archive()));
    if (!lacking.registries().isEmpty()) {
      return foreign(request, lacking.registries());
    }
    List<CrateName> missing = lacking.missing();
    if (!missing.isEmpty() && !request.dryRun()) {
      return reply(request, Outcome.WAITING, null, missing);
    }
    PublishOrder order =
        new PublishOrder(
            owner,
            null,
            "vetting-cli private import by " + caller.owner(),
            caller.owner(),
            request.name().published(),
            request.version().text(),
            request.archive());
    PublishResult result = request.dryRun() ? crates.check(order) : crates.publish(order);
    return switch (result) {
      case PublishResult.Accepted _ -> {
        yank(request, owner);
        yield reply(request, Outcome.PUBLISHED, null, missing);
      }
      case PublishResult.Held held -> {
        yank(request, owner);
        yield reply(request, Outcome.HELD, held.reason(), missing);
      }
      case PublishResult.Refused refused -> throw refusal(refused);
    };
  }

  private Caller owner(PrivateImportRequest request, Caller caller) {
    CrateOwner owner =
        people
            .known(CrateOwner.parse(request.owner()))
            .orElseThrow(
                () ->
                    new ProblemException(
                        ErrorCode.UNKNOWN,
                        ("cannot import for '%s': expected a person who signed in or holds a token,"
                                + " or group:NAME with a group of such a person or of a role"
                                + " mapping, found neither; correct --owner, or sign in first")
                            .formatted(Excerpt.of(request.owner()))));
    return OwnerRights.actingFor(owner, caller);
  }

  private void yank(PrivateImportRequest request, Caller owner) {
    if (request.yanked()
        && !request.dryRun()
        && crates.yank(owner, request.name(), request.version(), true)
            instanceof PublishResult.Refused refused) {
      throw refusal(refused);
    }
  }

  /// Returns the reply for an archive whose dependencies name other registries. An address that is
  /// impossible in a configuration is in the reason alone.
  private static PrivateImportReply foreign(PrivateImportRequest request, List<String> registries) {
    String reason =
        ("a dependency is of the registry '%s'; expected this one, crates.io, or an address in"
                + " private.former-addresses")
            .formatted(Excerpt.of(registries.getFirst()));
    return new PrivateImportReply(
        request.name(),
        request.version(),
        Outcome.FOREIGN,
        reason,
        List.of(),
        registries.stream()
            .filter(each -> ADDRESS.matcher(each).matches())
            .limit(MAX_REGISTRIES)
            .toList());
  }

  private static PrivateImportReply reply(
      PrivateImportRequest request,
      Outcome outcome,
      @Nullable String reason,
      List<CrateName> missing) {
    return new PrivateImportReply(
        request.name(),
        request.version(),
        outcome,
        reason,
        missing.stream().map(CrateName::published).toList(),
        List.of());
  }

  private static ProblemException refusal(PublishResult.Refused refused) {
    ErrorCode code =
        switch (refused.cause()) {
          case INVALID, FORBIDDEN, ABSENT -> ErrorCode.REFUSED_BY_POLICY;
          case TOO_LARGE -> ErrorCode.TOO_LARGE;
          case UNAVAILABLE -> ErrorCode.SERVER_UNAVAILABLE;
        };
    return new ProblemException(code, refused.detail());
  }
}
