package lazaret.mirror.deskapi;

import java.util.List;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.gate.removal.RemovalReport;
import lazaret.vetting.json.JsonWriter;

/// The handlers for upstream removals that are not confirmed.
final class RemovalCalls {
  private final Desk desk;

  RemovalCalls(Desk desk) {
    this.desk = desk;
  }

  void status(JsonWriter json) {
    RemovalReport report = desk.removals();
    json.object(
        "removals",
        out -> out.put("open", report.open().size()).put("mass_since", report.massSince()));
  }

  DeskResponse list(Target target) {
    target.parameters(List.of());
    RemovalReport report = desk.removals();
    return DeskResponse.ok(
        json -> {
          json.put("mass_since", report.massSince());
          json.list(
              "removals",
              report.open(),
              (out, removal) ->
                  out.put("name", removal.name().published())
                      .put("since", removal.since())
                      .put("ask_at", removal.askAt())
                      .put("confirmed", removal.confirmed()));
        });
  }

  DeskResponse confirm(DeskRequest request) {
    JsonIn.parse(request.body()).done();
    int confirmed = desk.confirmRemovals(request.caller().owner());
    return DeskResponse.ok(json -> json.put("confirmed", confirmed));
  }
}
