package lazaret.mirror.deskapi;

import java.util.List;
import java.util.Map;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.lockfiles.ReadingList;
import lazaret.vetting.lockfile.Lockfile;

/// The handlers for reviews and reading lists.
final class ReviewCalls {
  private final Desk desk;
  private final DetonationCalls detonations;

  ReviewCalls(Desk desk, DetonationCalls detonations) {
    this.desk = desk;
    this.detonations = detonations;
  }

  DeskResponse review(Target target) {
    Map<String, String> parameters = target.parameters(List.of("base"));
    String base = parameters.get("base");
    CrateName name = target.name();
    Spelling spelling = new Spelling(desk);
    CrateVersion version = target.version();
    // A plus sign in a query decodes to a space, which no version contains.
    CrateVersion against = base == null ? null : CrateVersion.parse(base.replace(' ', '+'));
    return desk.review(name, version, against)
        .or(() -> desk.review(name, spelling.meant(name, version), against))
        .map(
            report ->
                DeskResponse.ok(
                    json -> {
                      ReviewJson.review(json, report);
                      detonations.add(json, report.version().id());
                      ReportJson.feedWarnings(json, desk);
                    }))
        .orElseGet(
            () ->
                UnlistedAnswer.unknown(
                    desk,
                    name,
                    version,
                    "there is no '%s %s' in the index%s"
                        .formatted(name, version, spelling.hint(name, version))));
  }

  DeskResponse readingList(DeskRequest request) {
    JsonIn in = JsonIn.parse(request.body());
    String text = in.text("lockfile");
    String lockfileName = in.textOrNull("lockfile_name");
    in.done();
    Lockfile lock = SentLockfile.read(desk, request, text, lockfileName);
    ReadingList list = desk.readingList(lock);
    return DeskResponse.ok(json -> ReviewJson.readingList(json, list));
  }
}
