package lazaret.mirror.deskapi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.crates.VersionReq;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.lockfiles.LockfileReport;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.serving.WantedVersion;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.json.JsonWriter;
import lazaret.vetting.lockfile.LockedPackageId;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.platform.BuiltPackages;
import lazaret.vetting.platform.Platform;
import lazaret.vetting.repair.RepairStep;
import lazaret.vetting.repair.WorkspaceRequirement;
import org.jspecify.annotations.Nullable;

/// The handlers for lockfiles and prefetching.
final class LockCalls {
  private static final int MAX_TARGETS = 16;

  private final Desk desk;

  LockCalls(Desk desk) {
    this.desk = desk;
  }

  DeskResponse verify(DeskRequest request) {
    JsonIn in = JsonIn.parseSmall(request.body());
    String text = in.text("lockfile");
    String name = in.textOrNull("lockfile_name");
    List<String> criteria = in.texts("criteria");
    List<Platform> targets = targets(in.texts("targets"));
    String requirements = in.textOrNull("requirements");
    in.done();
    List<WorkspaceRequirement> stated =
        requirements == null ? List.of() : WorkspaceRequirement.parse(requirements);
    Lockfile lock = SentLockfile.read(desk, request, text, name);
    LockfileReport report = desk.verify(lock, criteria);
    // After the check, because it has fetched the index files with the requirements per platform.
    Set<LockedPackageId> built =
        targets.isEmpty() ? Set.of() : BuiltPackages.of(lock, targets, desk.index()::declared);
    List<String> other =
        report.lines().stream()
            .map(line -> line.locked().id())
            .filter(id -> !built.contains(id))
            .map(LockedPackageId::toString)
            .toList();
    List<RepairStep> fixes = desk.repairs(lock, report, stated);
    return DeskResponse.ok(
        json -> {
          ReportJson.lock(json, report, this::byBundle);
          json.list("fixes", fixes, LockCalls::fix);
          ReportJson.feedWarnings(json, desk);
          if (!targets.isEmpty()) {
            json.texts("not_built", other);
          }
        });
  }

  private static List<Platform> targets(List<String> triples) {
    if (triples.size() > MAX_TARGETS) {
      throw new MalformedException(
          "cannot verify for %d targets, at most %d".formatted(triples.size(), MAX_TARGETS));
    }
    return triples.stream().map(Platform::of).toList();
  }

  private static void fix(JsonWriter json, RepairStep step) {
    json.put("kind", step.kind()).put("text", step.text()).texts("repairs", step.repairs());
  }

  DeskResponse prefetch(DeskRequest request) {
    JsonIn in = JsonIn.parse(request.body());
    CrateSpec spec = CrateSpec.parse(in.text("spec"));
    String cksum = in.textOrNull("cksum");
    String lockfile = in.textOrNull("lockfile_name");
    in.done();
    Optional<CrateVersion> version = version(spec);
    if (version.isEmpty()) {
      return error(
          ErrorCode.UNKNOWN, "no version that matches '" + spec + "' would be served", null, null);
    }
    WantedVersion wanted =
        new WantedVersion(
            spec.name(), version.get(), cksum == null ? null : Sha256.parse(cksum), lockfile);
    return reply(
        wanted, desk.prefetch(wanted, new Requester(request.caller().name(), request.address())));
  }

  private Optional<CrateVersion> version(CrateSpec spec) {
    CrateVersion version = spec.version();
    if (version != null) {
      return Optional.of(version);
    }
    VersionReq req = spec.req();
    return desk.newestServed(spec.name(), req == null ? VersionReq.parse("*") : req);
  }

  /// Returns whether the artifact of a withheld package can only arrive by a bundle import. No
  /// local decision makes it available.
  private boolean byBundle(LockfileReport.Line line) {
    Sha256 checksum = line.locked().checksum();
    return line.status() == LockfileReport.Status.WITHHELD
        && checksum != null
        && desk.byBundle(checksum);
  }

  private DeskResponse reply(WantedVersion wanted, DownloadOutcome outcome) {
    return switch (outcome) {
      case DownloadOutcome.Served served ->
          DeskResponse.ok(
              json -> {
                ReportJson.id(json, served.id());
                json.put("bytes", served.bytes().length());
                json.object("verdict", out -> ReportJson.verdict(out, served.verdict()));
                ReportJson.feedWarnings(json, desk);
              });
      case DownloadOutcome.Withheld withheld ->
          error(ErrorCode.REFUSED_BY_POLICY, Refusal.of(withheld).sentence(), wanted, null);
      case DownloadOutcome.Unknown unknown ->
          error(ErrorCode.UNKNOWN, unknown.detail(), wanted, null);
      case DownloadOutcome.OtherCksum other ->
          error(ErrorCode.CKSUM_MISMATCH, mismatch(other.asked(), other.stored()), wanted, null);
      case DownloadOutcome.Tampered tampered ->
          error(ErrorCode.CKSUM_MISMATCH, tampered.detail(), wanted, null);
      case DownloadOutcome.Absent absent ->
          error(ErrorCode.BYTES_MISSING, absent.detail(), wanted, null);
      case DownloadOutcome.Pending pending ->
          error(
              ErrorCode.VETTING_IN_PROGRESS,
              "it is being fetched and inspected",
              wanted,
              pending.retryAfter());
      case DownloadOutcome.Unavailable none ->
          error(ErrorCode.UPSTREAM_UNAVAILABLE, none.detail(), wanted, none.retryAfter());
    };
  }

  private static String mismatch(Sha256 asked, CrateId held) {
    return "the index has sha256 %s for it, requested was %s".formatted(held.cksum(), asked);
  }

  private static DeskResponse error(
      ErrorCode code,
      String detail,
      @Nullable WantedVersion wanted,
      @Nullable Duration retryAfter) {
    return DeskResponse.errors(
        List.of(
            new DeskResponse.Problem(
                code,
                detail,
                wanted == null ? null : wanted.name().published(),
                wanted == null ? null : wanted.version().text())),
        retryAfter);
  }
}
