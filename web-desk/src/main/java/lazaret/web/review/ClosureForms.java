package lazaret.web.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.DecisionOperations;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.decisions.DecideReply;
import lazaret.vetting.deskapi.decisions.DecideRequest;
import lazaret.web.FormFields;
import lazaret.web.PageRequest;
import lazaret.web.PageWriter;
import lazaret.web.WebResponse;
import lazaret.web.page.Feedback;
import lazaret.web.page.PageLinks;

/// The form that approves the versions of a list in one decision: all of them, or none. The
/// required reading holds for each. The approvals name no criteria, since one base would be wrong
/// for the others: an audit for export is recorded in the review of a version. Thread-safe.
final class ClosureForms {
  private static final int UNPROCESSABLE = 422;
  private static final int MAX_PICKS = 200;

  private final PageWriter writer;
  private final ReviewListPage page;

  ClosureForms(PageWriter writer, ReviewListPage page) {
    this.writer = writer;
    this.page = page;
  }

  WebResponse send(PageRequest request) {
    List<CrateId> versions = versions(request.form());
    DecisionFields fields = fields(request.form());
    Map<String, String> mistakes = fields.mistakes(writer.time().now());
    if (!mistakes.isEmpty()) {
      Feedback say = new Feedback("bad", "Nothing was recorded.", "The form below has a mistake.");
      return shown(
          request, versions, new ReviewListPage.Sent(UNPROCESSABLE, fields, mistakes, say));
    }
    return switch (request.reply(DecisionOperations.DECIDE, order(versions, fields))) {
      case Reply.Done<DecideReply> done ->
          WebResponse.redirect(
              PageLinks.reviews(text(versions))
                  + "&done=%d&withheld=%d"
                      .formatted(done.value().recorded().size(), done.value().withheld().size()));
      case Reply.Refused<DecideReply> refused ->
          shown(
              request,
              versions,
              new ReviewListPage.Sent(
                  refused.status(), fields, Map.of(), refusal(refused.problems())));
    };
  }

  private static Feedback refusal(List<Problem> problems) {
    String why = problems.stream().map(Problem::sentence).collect(Collectors.joining("; "));
    return new Feedback("bad", "Nothing was recorded.", why + ".");
  }

  private WebResponse shown(PageRequest request, List<CrateId> versions, ReviewListPage.Sent sent) {
    List<CrateSpec> specs =
        versions.stream().map(id -> new CrateSpec(id.name(), id.version(), null)).toList();
    return page.show(request, specs, sent);
  }

  private static String text(List<CrateId> versions) {
    return versions.stream()
        .map(id -> id.name().published() + "@" + id.version().text())
        .collect(Collectors.joining(","));
  }

  private static DecisionFields fields(FormFields form) {
    DecisionFields typed = DecisionFields.of(form);
    // The form offers no day, so that this end is a mistake.
    String ends = typed.ends().equals("day") ? "" : typed.ends();
    return new DecisionFields("approve", typed.reason(), "none", ends, "", "", typed.evidence());
  }

  private static List<CrateId> versions(FormFields form) {
    List<String> picks = form.all("pick");
    if (picks.isEmpty() || picks.size() > MAX_PICKS) {
      throw new MalformedException(
          "cannot approve the list: expected 1 to %d versions, found %d; open the list again"
              .formatted(MAX_PICKS, picks.size()));
    }
    List<CrateId> versions = new ArrayList<>();
    for (String pick : picks) {
      String[] parts = pick.split("@", -1);
      if (parts.length != 3) {
        throw new MalformedException(
            "cannot approve the list: expected NAME@VERSION@SHA-256, found another form; open the"
                + " list again");
      }
      versions.add(
          new CrateId(
              CrateName.parse(parts[0]), CrateVersion.parse(parts[1]), Sha256.parse(parts[2])));
    }
    return versions;
  }

  private DecideRequest order(List<CrateId> versions, DecisionFields fields) {
    return new DecideRequest(
        DecisionInfo.Kind.APPROVE,
        List.of(),
        versions,
        null,
        null,
        null,
        false,
        true,
        fields.reason(),
        fields.end(writer.time().now()).orElse(null),
        List.of(),
        null,
        List.of(),
        fields.evidence().isEmpty() ? List.of() : List.of(fields.evidence()),
        null);
  }
}
