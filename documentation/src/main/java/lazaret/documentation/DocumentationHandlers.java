package lazaret.documentation;

import java.util.List;
import java.util.function.Supplier;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.desk.api.DeskApi;
import lazaret.vetting.desk.api.HandlerSource;
import lazaret.vetting.desk.api.HandlerTable;
import lazaret.vetting.desk.api.ProblemException;
import lazaret.vetting.deskapi.DocumentationOperations;
import lazaret.vetting.deskapi.site.DocumentationAddressReply;
import lazaret.vetting.deskapi.site.DocumentationInfo;
import lazaret.vetting.deskapi.site.DocumentationListReply;
import lazaret.vetting.deskapi.site.DocumentationListRequest;
import lazaret.vetting.deskapi.site.DocumentationVersionRequest;
import lazaret.vetting.roles.SignInMethod;

/// The handlers of the operations on documentation.
public final class DocumentationHandlers implements HandlerSource {
  private static final int PART = 200;

  /// The name of a build among the long operations.
  private static final String OPERATION = "documentation";

  private final DocumentationService documentation;
  private final Supplier<String> origin;
  private final Supplier<DeskApi> desk;

  /// Creates the handlers.
  ///
  /// @param origin the scheme, host and port under which pages are read
  /// @param desk the API that shows long operations
  public DocumentationHandlers(
      DocumentationService documentation, Supplier<String> origin, Supplier<DeskApi> desk) {
    this.documentation = documentation;
    this.origin = origin;
    this.desk = desk;
  }

  @Override
  public void addTo(HandlerTable handlers) {
    handlers.add(DocumentationOperations.LIST, this::list);
    handlers.add(DocumentationOperations.ADDRESS, this::address);
    handlers.add(DocumentationOperations.BUILD, this::build);
    handlers.add(DocumentationOperations.REMOVE, this::remove);
  }

  private DocumentationListReply list(DocumentationListRequest request, Caller caller) {
    String query = request.query();
    String after = request.after();
    List<DocumentationRow> rows =
        documentation.list(
            query == null ? "" : query,
            after == null ? "" : after,
            PART,
            name -> mayRead(name, caller));
    String next =
        rows.size() < PART
            ? null
            : DocumentationRow.key(rows.getLast().id().name(), rows.getLast().id().version());
    return new DocumentationListReply(
        rows.stream().map(DocumentationHandlers::info).toList(), next);
  }

  /// Returns whether a caller may know of a crate. On an open gate everybody may read public ones.
  private boolean mayRead(CrateName name, Caller caller) {
    return caller.method() != SignInMethod.ANONYMOUS || documentation.isPublic(name);
  }

  private DocumentationAddressReply address(DocumentationVersionRequest request, Caller caller) {
    DocumentationService.Address found =
        documentation
            .address(request.name(), request.version())
            .filter(_ -> mayRead(request.name(), caller))
            .orElseThrow(() -> none(request.name(), request.version()));
    return new DocumentationAddressReply(origin.get() + found.path(), found.expires());
  }

  private DocumentationInfo build(DocumentationVersionRequest request, Caller caller) {
    if (!caller.reviews(request.name())) {
      throw new ProblemException(
          List.of(caller.lacksReview(request.name(), request.version())), null);
    }
    return info(
        desk.get()
            .running()
            .run(
                OPERATION,
                () -> documentation.build(request.name(), request.version(), caller.owner())));
  }

  private DocumentationInfo remove(DocumentationVersionRequest request, Caller caller) {
    return documentation
        .remove(request.name(), request.version(), caller.owner())
        .map(DocumentationHandlers::info)
        .orElseThrow(() -> none(request.name(), request.version()));
  }

  private static ProblemException none(CrateName name, CrateVersion version) {
    return new ProblemException(
        ErrorCode.UNKNOWN,
        "cannot find documentation of %s %s: expected pages of a version that is served, found"
                .formatted(name, version)
            + " none; 'vetting-cli documentation list' shows all");
  }

  private static DocumentationInfo info(DocumentationRow row) {
    return new DocumentationInfo(
        row.id().name(),
        row.id().version(),
        row.at(),
        row.toolchain().isEmpty() ? null : row.toolchain(),
        row.pages(),
        row.bytes(),
        row.failure());
  }
}
