package lazaret.mirror.registry;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.mirror.budget.Reservation;
import lazaret.mirror.http.HostNames;
import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.HttpResponse;
import lazaret.mirror.http.RouteKind;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.index.RegistryConfig;

/// The handler for stored snapshots as registries, `/snapshots/SEQ/index/` and
/// `/snapshots/SEQ/dl/`. Builds that use one resolve the same versions at any later time.
public final class SnapshotHandler {
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,17})/(index|dl)/(.*)");

  private final Gate gate;
  private final PublicNames publicNames;
  private final HostNames names;
  private final boolean authRequired;
  private final IndexHandler index;
  private final DownloadHandler downloads;

  /// The handlers of the same registry without a snapshot.
  public record Registry(IndexHandler index, DownloadHandler downloads) {}

  /// Creates a handler.
  ///
  /// @param publicNames the names that are served
  /// @param authRequired whether cargo sends a token with each request
  public SnapshotHandler(
      Gate gate, PublicNames publicNames, HostNames names, boolean authRequired, Registry present) {
    this.gate = gate;
    this.publicNames = publicNames;
    this.names = names;
    this.authRequired = authRequired;
    this.index = present.index();
    this.downloads = present.downloads();
  }

  /// Responds to a request under one retained snapshot.
  public HttpResponse respond(HttpRequest question, Requester asker, Reservation room) {
    if (!question.reads()) {
      return HttpResponse.method("GET, HEAD");
    }
    Matcher form = FORM.matcher(question.path().substring(RouteKind.SNAPSHOTS.prefix().length()));
    if (!form.matches()) {
      return HttpResponse.text(
              404, "nothing is here; a snapshot's registry is at /snapshots/SEQ/index/")
          .coded("unknown");
    }
    long snapshot = Long.parseLong(form.group(1));
    Optional<String> gone = gate.gone(snapshot);
    if (gone.isPresent()) {
      return HttpResponse.text(404, gone.get()).coded("unknown");
    }
    return form.group(2).equals("index")
        ? index.respond(
            question,
            form.group(3),
            config(snapshot).toJson(),
            publicNames.index(
                name -> gate.index(snapshot, name), name -> PublicNames.absentFrom(snapshot, name)))
        : downloads.respond(
            question,
            form.group(3),
            room,
            publicNames.download(
                asked ->
                    gate.download(snapshot, asked.name(), asked.version(), asked.cksum(), asker),
                name -> PublicNames.absentFrom(snapshot, name)));
  }

  private RegistryConfig config(long snapshot) {
    String registry = names.origin() + RouteKind.SNAPSHOTS.prefix() + snapshot;
    String dl = registry + "/dl/{crate}/{version}/{sha256-checksum}";
    return new RegistryConfig(dl, names.origin(), authRequired);
  }
}
