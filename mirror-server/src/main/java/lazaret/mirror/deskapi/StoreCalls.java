package lazaret.mirror.deskapi;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.admin.FsckReport;

/// The handlers for import, check and backup.
final class StoreCalls {
  private final Desk desk;

  StoreCalls(Desk desk) {
    this.desk = desk;
  }

  DeskResponse importIndex(CrateName name, DeskRequest request) {
    desk.imports().index(name, request.body());
    return DeskResponse.ok(json -> json.text("name", name));
  }

  DeskResponse importCrate(CrateName name, CrateVersion version, DeskRequest request) {
    return desk.imports()
        .artifact(name, version, request.body())
        .map(refusal -> DeskResponse.error(refusal.code(), refusal.detail()))
        .orElseGet(() -> DeskResponse.ok(json -> json.text("name", name).text("version", version)));
  }

  DeskResponse imported(DeskRequest request) {
    JsonIn in = JsonIn.parse(request.body());
    String detail = in.text("detail");
    in.done();
    if (detail.isBlank() || detail.length() > 2_000) {
      throw new MalformedException(
          "cannot note the import: 'detail' has 1 to 2000 characters, found " + detail.length());
    }
    desk.imports().recordImport(request.caller().owner(), detail);
    return DeskResponse.ok(json -> json.put("noted", true));
  }

  DeskResponse fsck(DeskRequest request) {
    JsonIn in = JsonIn.parse(request.body());
    boolean accept = in.flag("accept_loss");
    boolean hashing = !in.flag("skip_artifacts");
    in.done();
    String accepted = accept ? desk.acceptLoss(request.caller().owner()).orElse("") : "";
    FsckReport report = desk.fsck(hashing);
    return DeskResponse.ok(
        json -> {
          ReportJson.fsck(json, report);
          if (!accepted.isEmpty()) {
            json.put("accepted_loss", accepted);
          }
        });
  }

  DeskResponse backup(DeskRequest request) {
    JsonIn in = JsonIn.parse(request.body());
    String text = in.text("folder");
    in.done();
    Path folder = folder(text);
    desk.backup(folder);
    return DeskResponse.ok(json -> json.text("folder", folder));
  }

  /// Returns a folder on the server. A relative path would depend on the folder in which the server
  /// was started, so it is refused.
  private static Path folder(String text) {
    try {
      Path folder = Path.of(text);
      if (folder.isAbsolute()) {
        return folder.normalize();
      }
    } catch (InvalidPathException _) {
      // reported below, like a relative path
    }
    throw new MalformedException(
        "cannot back up to '" + Excerpt.of(text) + "': expected an absolute path on the server");
  }
}
