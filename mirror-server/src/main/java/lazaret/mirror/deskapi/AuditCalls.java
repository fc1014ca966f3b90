package lazaret.mirror.deskapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.desk.AuditImport;
import lazaret.vetting.desk.AuditOrder;
import lazaret.vetting.desk.Audits;

/// Other people's audits, and ours for them.
final class AuditCalls {
  private final Audits audits;

  AuditCalls(Audits audits) {
    this.audits = audits;
  }

  DeskResponse list() {
    List<AuditImport> all = audits.list();
    return DeskResponse.ok(json -> json.list("audits", all, AuditCalls::write));
  }

  DeskResponse export() {
    Bytes file = audits.export();
    return DeskResponse.ok(json -> json.put("toml", file.text()));
  }

  DeskResponse take(DeskRequest request) {
    JsonIn in = JsonIn.parse(request.body());
    String peer = in.text("name");
    String source = in.text("source");
    String toml = in.text("toml");
    List<String> criteria = in.texts("criteria_map");
    List<String> exclude = in.texts("exclude");
    in.done();
    var order = new AuditOrder(peer, source, Bytes.utf8(toml), map(criteria), Set.copyOf(exclude));
    AuditImport taken = audits.take(order, request.caller().name());
    return DeskResponse.created(json -> write(json, taken));
  }

  DeskResponse remove(String peer, DeskRequest request) {
    return audits.remove(peer, request.caller().name())
        ? DeskResponse.ok(json -> json.put("removed", peer))
        : DeskResponse.error(ErrorCode.UNKNOWN, "no audits of '" + Excerpt.of(peer) + "' are held");
  }

  /// Each element is `THEIRS=OURS`; one of theirs may be named for several of ours.
  private static SortedMap<String, List<String>> map(List<String> pairs) {
    var map = new TreeMap<String, List<String>>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1 || equals == pair.length() - 1) {
        throw new MalformedException(
            "cannot map criteria by '" + Excerpt.of(pair) + "': expected THEIRS=OURS");
      }
      map.computeIfAbsent(pair.substring(0, equals), _ -> new ArrayList<>())
          .add(pair.substring(equals + 1));
    }
    return map;
  }

  private static void write(JsonOut json, AuditImport taken) {
    json.put("name", taken.peer())
        .put("source", taken.source())
        .put("at", taken.at())
        .put("crates", taken.crates())
        .put("entries", taken.entries())
        .put("bound", taken.bound())
        .texts("warnings", taken.warnings());
  }
}
