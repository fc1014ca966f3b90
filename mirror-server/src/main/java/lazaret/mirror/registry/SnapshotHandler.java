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
  private final HostNames names;
  private final boolean authRequired;
  private final IndexHandler index;
  private final DownloadHandler downloads;

  public SnapshotHandler(Gate gate, HostNames names, boolean authRequired, IndexHandler index) {
    this.gate = gate;
    this.names = names;
    this.authRequired = authRequired;
    this.index = index;
    this.downloads = new DownloadHandler(gate, names);
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
            question, form.group(3), config(snapshot).toJson(), name -> gate.index(snapshot, name))
        : downloads.respond(
            question,
            form.group(3),
            room,
            asked -> gate.download(snapshot, asked.name(), asked.version(), asked.cksum(), asker));
  }

  private RegistryConfig config(long snapshot) {
    String registry = names.origin() + RouteKind.SNAPSHOTS.prefix() + snapshot;
    String dl = registry + "/dl/{crate}/{version}/{sha256-checksum}";
    return new RegistryConfig(dl, names.origin(), authRequired);
  }
}
