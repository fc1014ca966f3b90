package lazaret.web.hosting;

import java.util.List;
import java.util.function.Function;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.HostingOperations;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.hosting.PrivateCrateReply;
import lazaret.vetting.deskapi.hosting.PrivateCrateRequest;
import lazaret.vetting.deskapi.hosting.PrivateCratesReply;
import lazaret.vetting.deskapi.hosting.PrivateCratesRequest;
import lazaret.vetting.deskapi.hosting.PrivateDeletionRequest;
import lazaret.vetting.deskapi.hosting.PrivateOwnersRequest;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.WebResponse;
import lazaret.web.WebRoute;
import lazaret.web.page.Feedback;
import lazaret.web.page.PageFrame;
import lazaret.web.page.PageLinks;
import lazaret.web.page.PageTime;
import lazaret.web.template.JteprivateCrateGenerated;
import lazaret.web.template.JteprivateCratesGenerated;
import org.jspecify.annotations.Nullable;

/// The pages about private crates: the list, one crate with its owners and versions, and the forms
/// of administrators.
public final class PrivatePages {
  private static final String CRATE = PrivateCratesView.PATH + "/{name}";

  private final PageWriter writer;

  /// Creates the pages.
  public PrivatePages(PageWriter writer) {
    this.writer = writer;
  }

  /// Returns the routes.
  public List<WebRoute> routes() {
    return List.of(
        WebRoute.page(PrivateCratesView.PATH, this::list),
        WebRoute.page(CRATE, request -> crate(request, 200, done(request))),
        WebRoute.form(CRATE + "/owners", this::owners),
        WebRoute.form(CRATE + "/delete", this::delete));
  }

  private WebResponse list(PageRequest request) {
    String words = request.query().text("q").orElse("");
    PrivateCratesReply reply =
        request.call(
            HostingOperations.CRATES,
            new PrivateCratesRequest(
                words.isBlank() ? null : words, request.query().text("after").orElse(null)));
    PrivateCratesView view = new PrivateCratesView(words, reply);
    PageFrame frame =
        writer.frame(request.web(), "Private crates", "search", PrivateCratesView.PATH);
    PageTime time = writer.time();
    return writer.page(200, out -> JteprivateCratesGenerated.render(out, null, frame, view, time));
  }

  private static @Nullable Feedback done(PageRequest request) {
    return switch (request.query().text("done").orElse("")) {
      case "owners" -> new Feedback("good", "The owners are changed.", "The ledger records it.");
      case "deleted" ->
          new Feedback(
              "good",
              "The version is deleted.",
              "Its number is not used again; builds that want it get the reason.");
      case "deleting" ->
          new Feedback(
              "good",
              "The version is deleted.",
              "Other servers may serve it until cluster.max-staleness has passed.");
      default -> null;
    };
  }

  private WebResponse crate(PageRequest request, int status, @Nullable Feedback say) {
    PrivateCrateReply reply =
        request.call(HostingOperations.CRATE, new PrivateCrateRequest(name(request)));
    PrivateCrateView view =
        new PrivateCrateView(
            reply,
            request.visitor().has(DeskRole.ADMIN),
            request.query().text("delete").orElse(""),
            say);
    PageFrame frame =
        writer.frame(request.web(), reply.name().published(), "crate", PrivateCratesView.PATH);
    PageTime time = writer.time();
    return writer.page(
        status, out -> JteprivateCrateGenerated.render(out, null, frame, view, time));
  }

  private static CrateName name(PageRequest request) {
    return CrateName.parse(request.path("name"));
  }

  private WebResponse owners(PageRequest request) {
    String add = request.form().text("add").orElse("").strip();
    String remove = request.form().text("remove").orElse("").strip();
    return sent(
        request,
        HostingOperations.CHANGE_OWNERS,
        new PrivateOwnersRequest(
            name(request),
            add.isEmpty() ? List.of() : List.of(add),
            remove.isEmpty() ? List.of() : List.of(remove)),
        _ -> "owners");
  }

  /// The person types the version again, so that no version is deleted by a slip.
  private WebResponse delete(PageRequest request) {
    String version = request.form().text("version").orElse("");
    if (!version.equals(request.form().text("again").orElse(""))) {
      return crate(request, 400, refused("Type the version again as it is listed."));
    }
    CrateVersion parsed;
    try {
      parsed = CrateVersion.parse(version);
    } catch (MalformedException e) {
      return crate(request, 400, refused(e.getMessage() + "."));
    }
    return sent(
        request,
        HostingOperations.DELETE,
        new PrivateDeletionRequest(name(request), parsed, request.form().text("reason").orElse("")),
        reply -> reply.inForceEverywhereAt() == null ? "deleted" : "deleting");
  }

  private <Q extends Record, R extends Record> WebResponse sent(
      PageRequest request, Operation<Q, R> operation, Q order, Function<R, String> done) {
    return switch (request.reply(operation, order)) {
      case Reply.Done<R> reply ->
          WebResponse.redirect(
              PageLinks.privateCrate(name(request)) + "?done=" + done.apply(reply.value()));
      case Reply.Refused<R> refused ->
          crate(request, refused.status(), refused(refused.problems().getFirst().sentence() + "."));
    };
  }

  private static Feedback refused(String why) {
    return new Feedback("bad", "Nothing was changed.", why);
  }
}
