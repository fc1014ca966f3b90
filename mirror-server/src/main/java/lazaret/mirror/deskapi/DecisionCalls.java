package lazaret.mirror.deskapi;

import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.crates.VersionReq;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.decisions.DecisionOrder;
import lazaret.vetting.desk.decisions.DecisionReport;
import lazaret.vetting.desk.lockfiles.LockfileReport;
import lazaret.vetting.gate.serving.WantedVersion;
import lazaret.vetting.json.JsonWriter;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.lockfile.Lockfile;
import org.jspecify.annotations.Nullable;

/// The handler for decisions.
final class DecisionCalls {
  private static final int MAX_VERSIONS = 50_000;

  private final Desk desk;

  DecisionCalls(Desk desk) {
    this.desk = desk;
  }

  DeskResponse decide(DeskRequest request) {
    JsonIn in = JsonIn.parse(request.body());
    Decision.Kind kind = kind(in.text("kind"));
    List<DeskResponse.Problem> problems = new ArrayList<>();
    List<WantedVersion> wanted = new ArrayList<>();
    boolean bulk = in.flag("bulk");
    for (String text : in.texts("specs")) {
      CrateSpec spec = CrateSpec.parse(text);
      bulk |= spec.version() == null;
      wanted.addAll(select(spec, problems));
    }
    String cksum = in.textOrNull("cksum");
    String lockfile = in.textOrNull("lockfile");
    String lockfileName = in.textOrNull("lockfile_name");
    wanted.addAll(named(in.objects("versions"), lockfileName));
    boolean onlyWithheld = in.flag("only_withheld");
    if (lockfile != null) {
      Lockfile lock = SentLockfile.read(desk, request, lockfile, lockfileName);
      wanted.addAll(locked(lock, lockfileName, onlyWithheld));
    }
    DecisionOrder order =
        new DecisionOrder(
            kind,
            bound(wanted, cksum),
            request.caller().owner(),
            reason(in.text("reason")),
            in.momentOrNull("expires"),
            in.texts("criteria"),
            in.texts("evidence"),
            version(in.textOrNull("delta")),
            in.texts("waives"),
            request.caller().name(),
            bulk || lockfile != null || lockfileName != null);
    in.done();
    if (!problems.isEmpty()) {
      return DeskResponse.errors(problems, null);
    }
    if (wanted.isEmpty() && lockfile == null) {
      throw new MalformedException(
          "cannot decide: 'specs', 'versions' or 'lockfile' must name a version");
    }
    if (wanted.size() > MAX_VERSIONS) {
      throw new MalformedException(
          "cannot decide on %d versions at once, at most %d"
              .formatted(wanted.size(), MAX_VERSIONS));
    }
    return reply(desk.decide(order));
  }

  private static @Nullable CrateVersion version(@Nullable String text) {
    return text == null ? null : CrateVersion.parse(text);
  }

  private static Decision.Kind kind(String word) {
    return switch (word) {
      case "approve" -> Decision.Kind.APPROVE;
      case "exempt" -> Decision.Kind.EXEMPT;
      case "deny" -> Decision.Kind.DENY;
      case "revoke" -> Decision.Kind.REVOKE;
      default ->
          throw new MalformedException(
              "cannot decide '" + Excerpt.of(word) + "': expected approve, exempt, deny or revoke");
    };
  }

  /// Returns the reason after a check of its length. The check comes before any request to
  /// upstream.
  private static String reason(String words) {
    if (words.isBlank() || words.length() > Decision.MAX_REASON) {
      throw new MalformedException(
          "cannot decide: a decision needs a reason of 1 to "
              + Decision.MAX_REASON
              + " characters");
    }
    return words;
  }

  /// Binds the single version of the order to the digest that the reviewer saw.
  private static List<WantedVersion> bound(List<WantedVersion> wanted, @Nullable String cksum) {
    if (cksum == null) {
      return wanted;
    }
    if (wanted.size() != 1) {
      throw new MalformedException(
          "cannot decide: 'cksum' names the bytes of one version, the request has "
              + wanted.size());
    }
    WantedVersion one = wanted.getFirst();
    return List.of(
        new WantedVersion(one.name(), one.version(), Sha256.parse(cksum), one.lockfile()));
  }

  private List<WantedVersion> select(CrateSpec spec, List<DeskResponse.Problem> problems) {
    CrateVersion version = spec.version();
    if (version != null) {
      return List.of(new WantedVersion(spec.name(), version, null, null));
    }
    VersionReq req = spec.req();
    if (req == null) {
      throw new MalformedException(
          "cannot decide on '%s': name a version or a requirement, for all versions '%s@*'"
              .formatted(spec, spec));
    }
    List<CrateVersion> versions = desk.select(spec.name(), req);
    if (versions.isEmpty()) {
      problems.add(
          new DeskResponse.Problem(
              ErrorCode.UNKNOWN,
              "there is no version that matches '" + spec + "'",
              spec.name().published(),
              null));
    }
    return versions.stream().map(v -> new WantedVersion(spec.name(), v, null, null)).toList();
  }

  /// Returns versions from a list that a person saw, each bound to the digest in that list.
  private static List<WantedVersion> named(List<JsonIn> versions, @Nullable String lockfileName) {
    List<WantedVersion> wanted = new ArrayList<>();
    for (JsonIn one : versions) {
      wanted.add(
          new WantedVersion(
              CrateName.parse(one.text("name")),
              CrateVersion.parse(one.text("version")),
              Sha256.parse(one.text("cksum")),
              lockfileName));
      one.done();
    }
    return wanted;
  }

  private List<WantedVersion> locked(Lockfile lock, @Nullable String name, boolean onlyWithheld) {
    if (!onlyWithheld) {
      return lock.fromCratesIo().stream()
          .flatMap(p -> p.crateId().stream())
          .map(id -> new WantedVersion(id.name(), id.version(), id.cksum(), name))
          .toList();
    }
    // Unknown and tampered packages remain, so that the whole order is refused because of them.
    return desk.verify(lock).lines().stream()
        .filter(
            line ->
                line.status() != LockfileReport.Status.SERVED
                    && line.status() != LockfileReport.Status.FOREIGN_SOURCE)
        .flatMap(line -> line.locked().crateId().stream())
        .map(id -> new WantedVersion(id.name(), id.version(), id.cksum(), name))
        .toList();
  }

  private DeskResponse reply(DecisionReport report) {
    if (!report.refused().isEmpty()) {
      return DeskResponse.errors(
          report.refused().stream()
              .sorted((a, b) -> Integer.compare(weight(b.code()), weight(a.code())))
              .map(
                  r ->
                      new DeskResponse.Problem(
                          r.code(),
                          r.detail(),
                          r.wanted().name().published(),
                          r.wanted().version().text()))
              .toList(),
          null);
    }
    return DeskResponse.ok(
        json -> {
          json.list("recorded", report.recorded(), ReportJson::decision)
              .list("unchanged", report.unchanged(), ReportJson::decision)
              .list("withheld", report.withheld(), DecisionCalls::withheld);
          ReportJson.feedWarnings(json, desk);
        });
  }

  private static void withheld(JsonWriter json, DecisionReport.Withheld withheld) {
    ReportJson.id(json, withheld.id());
    json.object("verdict", out -> ReportJson.verdict(out, withheld.verdict()));
  }

  /// Returns the rank of a problem. The problem of the highest rank sets the status; tampering
  /// ranks first.
  private static int weight(ErrorCode code) {
    return switch (code) {
      case CKSUM_MISMATCH -> 3;
      case UPSTREAM_UNAVAILABLE -> 2;
      case REFUSED_BY_POLICY, UNKNOWN, BYTES_MISSING -> 1;
      default -> 0;
    };
  }
}
