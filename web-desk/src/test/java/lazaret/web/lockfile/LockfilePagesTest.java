package lazaret.web.lockfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.DecisionOperations;
import lazaret.vetting.deskapi.LockfileOperations;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.deskapi.decisions.DecideReply;
import lazaret.vetting.deskapi.decisions.DecideRequest;
import lazaret.vetting.deskapi.lockfiles.LockfilePackageInfo;
import lazaret.vetting.deskapi.lockfiles.LockfileVerdictInfo;
import lazaret.vetting.deskapi.lockfiles.PackageStatus;
import lazaret.vetting.deskapi.lockfiles.ReadingListReply;
import lazaret.vetting.deskapi.lockfiles.RepairStepInfo;
import lazaret.vetting.deskapi.lockfiles.VerifyReply;
import lazaret.vetting.deskapi.lockfiles.VerifyRequest;
import lazaret.vetting.deskapi.review.DiffStatInfo;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.FixedDesk;
import lazaret.web.HostileSample;
import lazaret.web.WebResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LockfilePagesTest {
  private static final Sha256 HASH = Sha256.parse("ab".repeat(32));
  private static final String PICK = "zstd-sys@2.1.3+zstd.1.5.7@" + "ab".repeat(32);

  private static final LockfilePackageInfo SERVED =
      found("libc 0.2.1", PackageStatus.SERVED, VerdictInfo.Kind.ALLOW, null);
  private static final LockfilePackageInfo REVIEW =
      found("zstd-sys 2.1.3+zstd.1.5.7", PackageStatus.WITHHELD, VerdictInfo.Kind.REVIEW, null);
  private static final LockfilePackageInfo HOLD =
      found(
          "serde 1.0.230",
          PackageStatus.WITHHELD,
          VerdictInfo.Kind.HOLD,
          Instant.parse("2026-12-03T09:00:00Z"));
  private static final LockfilePackageInfo TAMPERED =
      found("evil 1.0.0", PackageStatus.TAMPERED, null, null);

  private final FixedDesk desk =
      FixedDesk.of(DeskRole.REVIEWER)
          .reply(LockfileOperations.VERIFY, checked(SERVED, REVIEW, HOLD));

  @Test
  void asksForTheTextOrTheFile() {
    assertThat(desk.page("/desk/lockfiles"))
        .contains("<textarea class=\"code\" id=\"lockfile\" name=\"lockfile\"")
        .contains("enctype=\"multipart/form-data\"", "type=\"file\"");
  }

  @Test
  void showsCountsAndReasons() {
    String page = check("version = 4");

    assertThat(page)
        .contains("2 of 3 versions are not served.", "aria-label=\"1 allow, 1 hold, 1 review\"")
        .contains("<rect class=\"allow\" x=\"0\" width=\"0.6\" height=\"8\"/>")
        .contains(
            "href=\"/desk/crates/zstd-sys/2.1.3+zstd.1.5.7\"",
            "The build script changed",
            "signal: build-changed");
    assertThat(page.indexOf(">zstd-sys ")).isLessThan(page.indexOf(">serde "));
    assertThat(desk.requests(VerifyRequest.class))
        .containsExactly(
            new VerifyRequest("version = 4", List.of(), "web/Cargo.lock", List.of(), null, false));
  }

  @Test
  void severalVersionsToReviewAreReviewedAsAList() {
    LockfilePackageInfo other =
        found("ring 0.17.9", PackageStatus.WITHHELD, VerdictInfo.Kind.REVIEW, null);
    desk.reply(LockfileOperations.VERIFY, checked(SERVED, REVIEW, other));

    assertThat(check("x"))
        .containsPattern("/desk/review\\?versions=[^\"]*ring%400\\.17\\.9[^\"]*\">");
  }

  @Test
  void packageOfAGitSourceLeadsToIt() {
    LockfilePackageInfo git =
        new LockfilePackageInfo(
            "tool",
            CrateVersion.parse("1.2.3"),
            null,
            "git+https://git.example/tool",
            PackageStatus.FOREIGN_SOURCE,
            "from Git",
            1,
            List.of(new ReasonInfo("git-source-waiting", "the commit waits for a reviewer")),
            null,
            null,
            false,
            new LockfileVerdictInfo(null, false, null, null));
    desk.reply(LockfileOperations.VERIFY, checked(REVIEW, git));

    assertThat(check("x")).containsOnlyOnce("/desk/git-sources?").contains("?q=tool\">Git source");
  }

  @Test
  void offersThreeWaysWithTheCheapestAsMainButton() {
    desk.reply(
        LockfileOperations.VERIFY,
        new VerifyReply(
            false,
            List.of(SERVED, REVIEW, HOLD),
            0,
            List.of(),
            List.of(
                new RepairStepInfo(
                    RepairStepInfo.Kind.UPDATE,
                    "cargo update",
                    List.of("zstd-sys@2.1.3+zstd.1.5.7", "serde@1.0.230"))),
            List.of(),
            null));

    assertThat(check("x"))
        .contains("<a class=\"button go\" href=\"#advice\">Show the commands</a>")
        .contains("to read, 2 versions move", ">cargo update</pre>")
        .contains(">3 December</time>", "1 other version does not become free by time")
        .contains("<a class=\"button\" href=\"/desk/crates/zstd-sys/2.1.3+zstd.1.5.7/review\">");
  }

  @Test
  void statesThatEveryVersionIsServed() {
    desk.reply(LockfileOperations.VERIFY, checked(SERVED));

    assertThat(check("x"))
        .contains("Every version is served: the build passes.")
        .doesNotContain("class=\"ways\"", "name=\"pick\"");
  }

  @Test
  void warnsOfATamperedChecksumBeforeAnythingElse() {
    desk.reply(LockfileOperations.VERIFY, checked(REVIEW, TAMPERED));

    assertThat(check("x"))
        .contains("Build nothing. The checksum in the lockfile is not the one of the index")
        .contains("evil 1.0.0")
        .doesNotContain("button go");
  }

  @Test
  void keepsTheTextInTheFormAndNotInAddresses() {
    String page = check("[[package]]\r\nname = \"a\"\n");

    assertThat(page)
        .contains("name=\"lockfile\" value=\"[[package]]\nname = &#34;a&#34;\n\"")
        .doesNotContain("?lockfile", "%5B%5Bpackage");
  }

  @Test
  void readsAnUploadedFile() {
    String body =
        """
        --B
        Content-Disposition: form-data; name="lockfile"; filename="Cargo.lock"
        Content-Type: text/plain

        version = 4
        --B--
        """
            .replace("\n", "\r\n");

    WebResponse response =
        desk.form("/desk/lockfiles", Bytes.utf8(body), "multipart/form-data; boundary=B");

    assertThat(response.status()).isEqualTo(200);
    assertThat(desk.requests(VerifyRequest.class))
        .containsExactly(
            new VerifyRequest("version = 4", List.of(), "Cargo.lock", List.of(), null, false));
  }

  @Test
  void countsLinesWhenAsked() {
    desk.reply(
        LockfileOperations.READING_LIST,
        new ReadingListReply(1, new DiffStatInfo(1, 1, 1, 0, 1_906), List.of()));

    assertThat(check("x")).contains(">Count the lines</button>").doesNotContain("1,906");
    assertThat(desk.form("/desk/lockfiles", "lockfile=x&lines=on").body().text())
        .contains("1,906 lines", "not readable")
        .doesNotContain("Count the lines");
  }

  @Test
  void deniesTheSelectedWithOneReason() {
    desk.reply(
        DecisionOperations.DECIDE,
        new DecideReply(
            List.of(HostileSample.of(DecisionInfo.class)), List.of(), List.of(), List.of()));

    WebResponse response = decide("do=deny&reason=stolen&pick=" + encoded(PICK));

    assertThat(response.body().text()).contains("Recorded: 1 version denied.");
    DecideRequest order = desk.requests(DecideRequest.class).getFirst();
    assertThat(order.kind()).isEqualTo(DecisionInfo.Kind.DENY);
    assertThat(order.bulk()).isTrue();
    assertThat(order.expires()).isNull();
    assertThat(order.versions())
        .containsExactly(
            new CrateId(CrateName.parse("zstd-sys"), CrateVersion.parse("2.1.3+zstd.1.5.7"), HASH));
  }

  @Test
  void exemptsUntilTheChosenEnd() {
    decide("do=exempt&reason=needed&ends=14&pick=" + encoded(PICK));
    decide("do=exempt&reason=needed&ends=day&day=2027-02-26&pick=" + encoded(PICK));

    assertThat(desk.requests(DecideRequest.class))
        .extracting(DecideRequest::expires)
        .containsExactly(
            Instant.parse("2026-12-12T17:36:00Z"), Instant.parse("2027-02-26T00:00:00Z"));
  }

  @Test
  void keepsTheWordsIfNothingIsRecorded() {
    desk.refuse(DecisionOperations.DECIDE, ErrorCode.FORBIDDEN, "mara lacks the role");

    WebResponse refused = decide("do=exempt&reason=needed&ends=14&pick=" + encoded(PICK));
    WebResponse unselected = decide("do=deny&reason=needed");
    WebResponse silent = decide("do=deny&pick=" + encoded(PICK));
    WebResponse endless = decide("do=exempt&reason=a&ends=day&pick=" + encoded(PICK));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().text())
        .contains("Nothing was recorded.", "mara lacks the role.", ">needed</textarea>")
        .contains("value=\"14\" selected", "value=\"" + PICK + "\" checked");
    assertThat(unselected.body().text()).contains("Nothing is selected");
    assertThat(silent.body().text()).contains("Write what you looked at");
    assertThat(endless.body().text()).contains("The day of the end is missing");
  }

  @Test
  void offersNoDecisionWithoutTheRole() {
    FixedDesk reader =
        FixedDesk.of(DeskRole.READER).reply(LockfileOperations.VERIFY, checked(REVIEW));

    assertThat(reader.form("/desk/lockfiles", "lockfile=x").body().text())
        .contains("zstd-sys")
        .doesNotContain("name=\"pick\"", "class=\"bulk\"", "Count the lines", "Review in order");
    assertThat(
            reader
                .form("/desk/lockfiles/decisions", "lockfile=x&do=deny&reason=a&pick=" + PICK)
                .body()
                .text())
        .contains("Nothing was recorded.");
  }

  @Test
  void showsAtMostTwoHundredRows() {
    LockfilePackageInfo[] many = new LockfilePackageInfo[450];
    Arrays.fill(many, REVIEW);
    desk.reply(LockfileOperations.VERIFY, checked(many));

    assertThat(check("x"))
        .contains("1 to 200 of 450", "name=\"from\" value=\"200\">Next 200")
        .doesNotContain("Previous 200");
    assertThat(desk.form("/desk/lockfiles", "lockfile=x&from=400").body().text())
        .contains("401 to 450 of 450", "name=\"from\" value=\"200\">Previous 200")
        .doesNotContain("Next 200");
  }

  @Test
  void saysWhyNothingWasChecked() {
    desk.refuse(LockfileOperations.VERIFY, ErrorCode.MALFORMED_INPUT, "line 3 is not TOML");

    assertThat(desk.form("/desk/lockfiles", "lockfile=").body().text())
        .contains("Nothing was checked.", "Paste the text of a Cargo.lock");
    assertThat(check("x = "))
        .contains("Nothing was checked.", "line 3 is not TOML.", ">x = </textarea>");
  }

  @Test
  void showsTextsOfOthersAsText() {
    desk.reply(LockfileOperations.VERIFY, HostileSample.of(LockfileOperations.VERIFY));
    HostileSample.assertEscaped(check(HostileSample.TEXT));

    LockfilePackageInfo hostile = HostileSample.of(LockfilePackageInfo.class);
    LockfilePackageInfo open =
        new LockfilePackageInfo(
            hostile.name(),
            hostile.version(),
            HASH,
            "git+" + HostileSample.TEXT,
            PackageStatus.FOREIGN_SOURCE,
            HostileSample.TEXT,
            1,
            hostile.reasons(),
            null,
            null,
            false,
            new LockfileVerdictInfo(null, false, null, null));
    desk.reply(
        LockfileOperations.VERIFY,
        new VerifyReply(
            false,
            List.of(open),
            0,
            List.of(),
            List.of(HostileSample.of(RepairStepInfo.class)),
            List.of(),
            null));
    HostileSample.assertEscaped(
        desk.form(
                "/desk/lockfiles",
                "name=" + encoded(HostileSample.TEXT) + "&lockfile=" + encoded(HostileSample.TEXT))
            .body()
            .text());
  }

  private String check(String text) {
    return desk.form("/desk/lockfiles", "name=web%2FCargo.lock&lockfile=" + encoded(text))
        .body()
        .text();
  }

  private WebResponse decide(String fields) {
    return desk.form("/desk/lockfiles/decisions", "lockfile=x&" + fields);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static VerifyReply checked(LockfilePackageInfo... packages) {
    return new VerifyReply(false, List.of(packages), 0, List.of(), List.of(), List.of(), null);
  }

  private static LockfilePackageInfo found(
      String spec, PackageStatus status, VerdictInfo.@Nullable Kind kind, @Nullable Instant until) {
    return new LockfilePackageInfo(
        spec.substring(0, spec.indexOf(' ')),
        CrateVersion.parse(spec.substring(spec.indexOf(' ') + 1)),
        HASH,
        "crates-io",
        status,
        "the build script changed",
        1,
        List.of(new ReasonInfo("signal", "build-changed in build.rs")),
        null,
        null,
        false,
        new LockfileVerdictInfo(null, false, kind, until));
  }
}
