package lazaret.mirror.http;

import java.util.Locale;

/// The kinds of paths; the word is a label of metrics.
enum Door {
  /// `/index/`.
  INDEX,
  /// `/dl/`.
  DOWNLOAD,
  /// `/snapshots/`.
  SNAPSHOTS,
  /// `/audits/`.
  AUDITS,
  /// `/desk/v1/`.
  DESK,
  /// `/api/v1/`.
  WEB_API,
  /// `/health/`.
  HEALTH,
  /// `/metrics`.
  METRICS,
  /// Everything else.
  PAGE;

  static Door of(String path) {
    if (path.startsWith(IndexDoor.PREFIX)) {
      return INDEX;
    }
    if (path.startsWith(DownloadDoor.PREFIX)) {
      return DOWNLOAD;
    }
    if (path.startsWith(SnapshotDoor.PREFIX)) {
      return SNAPSHOTS;
    }
    if (path.startsWith(AuditsDoor.PREFIX)) {
      return AUDITS;
    }
    if (path.startsWith(DeskDoor.PREFIX)) {
      return DESK;
    }
    if (path.startsWith(WebApi.PREFIX)) {
      return WEB_API;
    }
    if (path.startsWith(Health.PREFIX)) {
      return HEALTH;
    }
    return path.equals("/metrics") ? METRICS : PAGE;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
