package lazaret.web.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.deskapi.CrateOperations;
import lazaret.vetting.deskapi.EventOperations;
import lazaret.vetting.deskapi.ReadingOperations;
import lazaret.vetting.deskapi.ReviewOperations;
import lazaret.vetting.deskapi.diff.DiffFindReply;
import lazaret.vetting.deskapi.diff.DiffFindRequest;
import lazaret.vetting.deskapi.diff.DiffFoundLineInfo;
import lazaret.vetting.deskapi.diff.DiffReply;
import lazaret.vetting.deskapi.diff.DiffRequest;
import lazaret.vetting.deskapi.diff.DiffRole;
import lazaret.vetting.deskapi.diff.DiffRowsReply;
import lazaret.vetting.deskapi.diff.DiffRowsRequest;
import lazaret.vetting.deskapi.reading.CurrentReaderInfo;
import lazaret.vetting.deskapi.reading.DraftFieldInfo;
import lazaret.vetting.deskapi.reading.LineNotesReply;
import lazaret.vetting.deskapi.reading.ReadStateReply;
import lazaret.vetting.deskapi.reading.TextDraftOrder;
import lazaret.vetting.deskapi.reading.TextDraftReply;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import lazaret.web.FixedDesk;
import lazaret.web.HostileSample;
import lazaret.web.WebResponse;
import lazaret.web.diff.DiffSamples;
import org.junit.jupiter.api.Test;

class ReviewPageTest {
  private final FixedDesk desk = ReviewSamples.desk(DeskRole.REVIEWER);

  private String page() {
    return desk.page(ReviewSamples.PAGE);
  }

  @Test
  void showsReasonsMeterAndStrip() {
    assertThat(page())
        .contains("<bdi>The build script changed</bdi>. <code class=\"soft\">signal: build-changed")
        .contains("<b><span data-count=\"read\">0</span> of 2</b> lines read")
        .contains("<b>177</b> of 179 changed lines need no reading")
        .contains("<svg viewBox=\"0 0 179 8\"", "<rect class=\"open\" x=\"0\" width=\"1.2\"")
        .contains("<rect class=\"rest\" fill=\"url(#hatch)\" x=\"2\" width=\"177\"")
        .contains("against <a href=\"#bases\">2.1.2+zstd.1.5.7</a>")
        .contains("<li>Build script <b><span data-count=\"read\" data-role=\"build-script\">0");
  }

  @Test
  void showsHunksWithRowsFindingsAndButtons() {
    assertThat(page())
        .contains("<tbody class=\"hunk\" tabindex=\"-1\" id=\"build-rs-h1\" data-must=\"yes\"")
        .contains("data-lines=\"3\" data-role=\"build-script\"")
        .contains("<span class=\"range\">Lines 12-14</span>")
        .contains("<td class=\"code\">.flag(<del><span class=\"t\">\"a\"</span></del></td>")
        .contains("id=\"build-rs-13\"", "<ins><span class=\"t\">\"b\"</span></ins>")
        .contains("<tr class=\"finding\" id=\"build-rs-14-f1\" tabindex=\"-1\">")
        .contains("<b>Capability, build script:</b>", "reads variables; 2.1.2+zstd.1.5.7 has no")
        .contains("name=\"seen\" value=\"build-rs-h1\" aria-pressed=\"false\"")
        .contains("data-place=\"before\">11 equal lines</a>");
  }

  @Test
  void showsBothVersionsNextToEachOther() {
    assertThat(desk.page(ReviewSamples.PAGE + "?view=split"))
        .contains("<div class=\"lanes split\">", "<table class=\"diff split\">")
        .contains(
            "<td class=\"no del\">13</td><td class=\"code del\"><span class=\"sr\">removed </span>")
        .contains("<td class=\"no none\"></td><td class=\"code none\"></td>")
        .contains("<td class=\"no mid add\">14</td>");
  }

  @Test
  void foldsFilesThatNeedNoReadingWithTheReason() {
    assertThat(page())
        .contains("177 lines that need no reading")
        .contains("<details class=\"fold\" id=\"cargo-lock\"><summary>")
        .contains("Cargo does not use the lockfile of a dependency.")
        .contains("data-part=\"review/part?base=2.1.2%2Bzstd.1.5.7&amp;show=cargo-lock\"");
    assertThat(desk.page(ReviewSamples.PAGE + "?show=cargo-lock"))
        .contains("id=\"cargo-lock\" open>", "id=\"cargo-lock-h1\"");
  }

  @Test
  void showsTheLanesOfCapabilitiesAndBehavior() {
    assertThat(page())
        .contains("Capabilities <span class=\"count open\">1 changed</span>")
        .contains("<b><bdi>Reads variables</bdi></b><span class=\"num\">12 to <b>15</b></span>")
        .contains(
            "<span><bdi>X</bdi></span><a href=\"#build-rs-14\"><span class=\"sr\"><bdi>build.rs")
        .contains("<bdi>Reaches the network, starts programs</bdi>")
        .contains("No build in the sandbox is recorded.");
  }

  @Test
  void showsWhatTheVisitorHasReadAndWhatIsMissing() {
    desk.reply(
        ReadingOperations.READING,
        ReviewSamples.reading(2, List.of(1L), "policy requires the whole build script"));

    assertThat(page())
        .contains("<tbody class=\"hunk done\"", "name=\"unseen\" value=\"build-rs-h1\"")
        .contains("aria-valuetext=\"2 of 2 lines read\"", "<b data-count=\"left\">0</b> lines left")
        .contains("<bdi class=\"word\">Policy requires the whole build script</bdi>");
  }

  @Test
  void statesThatTheBaseIsNotVetted() {
    ReadStateReply reply = ReviewSamples.reading(0, List.of(), null);
    desk.reply(
        ReadingOperations.READING,
        new ReadStateReply(
            reply.subject(), null, reply.roles(), 86_467, 0, null, reply.files(), List.of()));

    assertThat(page()).contains("is neither approved nor audited: an approval counts the whole");
  }

  @Test
  void namesTheOthersWhoReadNow() {
    assertThat(page()).doesNotContain("is reading");
    ReadStateReply reply = ReviewSamples.reading(0, List.of(), null);
    desk.reply(
        ReadingOperations.READING,
        new ReadStateReply(
            reply.subject(),
            reply.against(),
            reply.roles(),
            2,
            0,
            null,
            reply.files(),
            List.of(new CurrentReaderInfo("jonas", ReviewSamples.EARLIER))));

    assertThat(page())
        .contains("<bdi>jonas</bdi> is reading, since <time datetime=\"2026-11-28T17:06:00Z\">");
  }

  @Test
  void listsTheLinesWithASearchedText() {
    assertThat(page()).contains("name=\"find\"").doesNotContain("id=\"found\"");
    desk.reply(
        ReviewOperations.DIFF_FIND,
        new DiffFindReply(
            DiffSamples.SUBJECT,
            List.of(
                new DiffFoundLineInfo("build.rs", 1, 0, 310, false, null, 313, "let t = env();"),
                new DiffFoundLineInfo("build.rs", 1, 0, 2, false, 13, null, ".flag(\u202e)"),
                new DiffFoundLineInfo("Cargo.lock", 2, 9, 11, true, 4, 20, "name = t"),
                new DiffFoundLineInfo("absent.rs", 1, 0, 0, false, null, 1, "t")),
            7,
            3));

    assertThat(desk.page(ReviewSamples.PAGE + "?find=T+%26&at=1"))
        .contains("11 lines with the text", "<bdi>T &amp;</bdi>", "value=\"T &amp;\"")
        .contains("find=T+%26&amp;from=0.300#build-rs-313\"><bdi>build.rs</bdi>, line 313</a>")
        .contains("&amp;from=0.0#build-rs-h1\"><bdi>build.rs</bdi>, removed line 13</a>")
        .contains("&amp;show=cargo-lock&amp;row=9#cargo-lock-h2\">")
        .contains("<bdi>Cargo.lock</bdi>, line 20, in a moved block</a>")
        .contains("<bdi>absent.rs</bdi><code><bdi>t</bdi></code>")
        .contains("7 further lines of the last file are not listed.")
        .contains("&amp;at=3#found\">Search in further files</a>");
    assertThat(desk.requests(DiffFindRequest.class))
        .containsExactly(
            new DiffFindRequest(DiffSamples.NAME, DiffSamples.VERSION, DiffSamples.BASE, "T &", 1));
  }

  @Test
  void refusedSearchIsSaid() {
    desk.refuse(ReviewOperations.DIFF_FIND, ErrorCode.MALFORMED_INPUT, "expected 2 characters");

    assertThat(desk.page(ReviewSamples.PAGE + "?find=x"))
        .contains("No line contains the text", "<bdi>expected 2 characters.</bdi>");
  }

  @Test
  void showsNotesAtTheEndOfTheirHunk() {
    desk.reply(
        ReadingOperations.NOTES,
        new LineNotesReply(List.of(ReviewSamples.note("mara"), ReviewSamples.note("jonas"))));

    assertThat(page())
        .contains("<tr class=\"note\" id=\"note-17\">", "<bdi>only a flag</bdi>")
        .containsOnlyOnce("/notes/17/remove?base=2.1.2%2Bzstd.1.5.7&amp;from=0.0\"");
    assertThat(desk.page(ReviewSamples.PAGE + "?note=build-rs-h1"))
        .contains("<tr class=\"note\" id=\"build-rs-h1-note\">", "name=\"line\" inputmode");
  }

  @Test
  void readsBinaryFilesAsAWhole() {
    desk.reply(ReviewOperations.DIFF, DiffSamples.reply(true, DiffSamples.binary("a.o")))
        .reply(
            ReviewOperations.DIFF_ROWS,
            new DiffRowsReply(
                DiffSamples.SUBJECT, DiffSamples.binary("a.o"), List.of(), 0, null, List.of()));

    assertThat(page())
        .contains("id=\"a-o-h0\"", "It cannot be read: ask where it comes from.", "912 B")
        .contains("name=\"seen\" value=\"a-o-h0\"");
  }

  @Test
  void showsAnArtifactThatIsNotFetchedWithoutComparing() {
    desk.reply(CrateOperations.VERSION, ReviewSamples.version(false, null));

    assertThat(page())
        .contains("aria-busy=\"true\"", "The artifact is not fetched yet.")
        .contains("action=\"" + ReviewSamples.PAGE + "\"><button>Fetch and compare</button>")
        .contains("id=\"decide\"")
        .doesNotContain("<progress");
    assertThat(desk.requests(DiffRequest.class)).isEmpty();
  }

  @Test
  void fetchesAnArtifactByAFormAlone() {
    desk.reply(CrateOperations.VERSION, ReviewSamples.version(false, null));

    assertThat(desk.page(ReviewSamples.PAGE + "?fetch=1")).contains("Fetch and compare");
    assertThat(desk.page(ReviewSamples.PAGE + "/part?from=0.0"))
        .contains("cannot show the code: expected a stored artifact");
    assertThat(desk.get(ReviewSamples.VERSION + "/files/build.rs").status()).isEqualTo(303);
    assertThat(desk.requests(DiffRequest.class)).isEmpty();
    assertThat(desk.requests(DiffRowsRequest.class)).isEmpty();

    WebResponse fetched = desk.form(ReviewSamples.PAGE + "?view=split", "");

    assertThat(fetched.status()).isEqualTo(303);
    assertThat(fetched.fields().toString()).contains("/review?view=split");
    assertThat(desk.requests(DiffRequest.class)).hasSize(1);
  }

  @Test
  void fetchesABaseByAFormAlone() {
    desk.answer(
        CrateOperations.VERSION,
        order -> ReviewSamples.version(order.version().equals(DiffSamples.VERSION), null));

    assertThat(desk.page(ReviewSamples.PAGE + "?base=2.1.0"))
        .contains("The artifact of the base is not fetched yet.")
        .contains("action=\"" + ReviewSamples.PAGE + "?base=2.1.0\"");
    assertThat(desk.page(ReviewSamples.PAGE + "/part?base=2.1.0&from=0.0"))
        .contains("cannot show the code: expected a stored artifact");
    assertThat(desk.requests(DiffRequest.class)).isEmpty();
  }

  @Test
  void fetchesTheBaseThatTheServerSelectsByAFormAlone() {
    desk.refuse(ReviewOperations.DIFF, ErrorCode.BYTES_MISSING, "its artifact is not stored");

    assertThat(page())
        .contains("The artifact of the base is not fetched yet.")
        .contains("action=\"" + ReviewSamples.PAGE + "\"><button>Fetch and compare</button>");
    assertThat(desk.requests(DiffRequest.class)).isNotEmpty().allMatch(DiffRequest::stored);

    desk.reply(ReviewOperations.DIFF, DiffSamples.reply(true, DiffSamples.buildScript()));
    assertThat(desk.form(ReviewSamples.PAGE, "").status()).isEqualTo(303);
    assertThat(desk.requests(DiffRequest.class).getLast().stored()).isFalse();
  }

  @Test
  void statesThatAnArtifactCannotBeFetched() {
    desk.reply(CrateOperations.VERSION, ReviewSamples.version(false, null))
        .refuse(ReviewOperations.DIFF, ErrorCode.UPSTREAM_UNAVAILABLE, "no route to upstream");

    WebResponse failed = desk.form(ReviewSamples.PAGE, "");

    assertThat(failed.status()).isEqualTo(503);
    assertThat(failed.body().text())
        .contains("upstream-unavailable: no route to upstream.", "<button>Try again</button>")
        .contains("id=\"decide\"");
  }

  @Test
  void showsRealNumbersWhileFilesAreCompared() {
    desk.reply(
        ReviewOperations.DIFF,
        DiffSamples.reply(
            false,
            DiffSamples.buildScript(),
            DiffSamples.file("src/a.rs", DiffRole.RUNTIME, null, null)));

    assertThat(page())
        .contains("id=\"waiting\" aria-busy=\"true\"", "1 of 2 files are compared.")
        .contains("<progress max=\"2\" value=\"1\" aria-label=\"Comparing files\">");
  }

  @Test
  void statesAFailureAndWhatStillWorks() {
    desk.refuse(ReviewOperations.DIFF, ErrorCode.UPSTREAM_UNAVAILABLE, "no route to upstream");

    assertThat(page())
        .contains("upstream-unavailable: no route to upstream.", "Try again", "id=\"decide\"")
        .contains("A denial needs no difference.");
  }

  @Test
  void keepsADraft() {
    desk.reply(
            ReadingOperations.DRAFT,
            new TextDraftReply(
                ReviewSamples.EARLIER,
                List.of(
                    new DraftFieldInfo("reason", "half \"typed\""),
                    new DraftFieldInfo("kind", "deny"))))
        .reply(ReadingOperations.PUT_DRAFT, new TextDraftReply(ReviewSamples.EARLIER, List.of()));

    assertThat(page())
        .contains("Your draft from today, 17:06 is here.", "It was not recorded.")
        .contains("value=\"half &#34;typed&#34;\"", "value=\"deny\" checked")
        .contains("data-draft=\"/desk/crates/zstd-sys/2.1.3+zstd.1.5.7/drafts/decision?seen=0\"");
    WebResponse kept =
        desk.form(ReviewSamples.VERSION + "/drafts/decision?seen=0", "reason=a&ends=90");
    assertThat(kept.status()).isEqualTo(204);
    assertThat(desk.requests(TextDraftOrder.class).getFirst().seenDecisions()).isZero();
  }

  @Test
  void formOfAShortenedVersionKeepsTheDraftOfTheFullOne() {
    desk.reply(CrateOperations.VERSION, ReviewSamples.version(false, null));

    assertThat(desk.page("/desk/crates/zstd-sys/2.1.3/review"))
        .contains("Fetch and compare")
        .contains("data-draft=\"/desk/crates/zstd-sys/2.1.3+zstd.1.5.7/drafts/decision?seen=0\"")
        .contains("action=\"" + ReviewSamples.VERSION + "/decision\"");
  }

  @Test
  void draftOfAnOlderFormIsRefusedWithTheCause() {
    desk.refuse(ReadingOperations.PUT_DRAFT, ErrorCode.STALE, "found an older one");

    WebResponse late = desk.form(ReviewSamples.VERSION + "/drafts/decision?seen=0", "reason=a");

    assertThat(late.status()).isEqualTo(409);
    assertThat(late.body().text()).contains("{\"errors\":[{\"code\":\"stale\"");
  }

  @Test
  void keepsTheDraftOfANote() {
    desk.reply(
            ReadingOperations.DRAFT,
            new TextDraftReply(
                ReviewSamples.EARLIER,
                List.of(
                    new DraftFieldInfo("base", "2.1.2+zstd.1.5.7"),
                    new DraftFieldInfo("line", "14"),
                    new DraftFieldInfo("text", "half a note"))))
        .reply(ReadingOperations.PUT_DRAFT, new TextDraftReply(ReviewSamples.EARLIER, List.of()));
    String part = ReviewSamples.PAGE + "/part?note=build-rs-h1&base=";

    assertThat(desk.page(part + "2.1.2%2Bzstd.1.5.7"))
        .contains("value=\"14\"", ">half a note</textarea>")
        .contains("data-draft=\"/desk/crates/zstd-sys/2.1.3+zstd.1.5.7/drafts/note\"");
    assertThat(desk.page(part + "2.1.0")).doesNotContain("half a note");
    WebResponse kept =
        desk.form(ReviewSamples.VERSION + "/drafts/note", "hunk=build-rs-h1&line=14&text=half");
    assertThat(kept.status()).isEqualTo(204);
    assertThat(desk.requests(TextDraftOrder.class).getFirst().form()).matches("note-[0-9a-f]{16}");
  }

  @Test
  void givesNoFormsToAnAuditor() {
    assertThat(ReviewSamples.desk(DeskRole.AUDITOR).page(ReviewSamples.PAGE))
        .contains("id=\"build-rs-h1\" data-must=\"yes\"")
        .doesNotContain("id=\"decide\"", "note-link", "Mark as seen");
  }

  @Test
  void givesNoFormsToAReviewerOfOtherCrates() {
    RoleGrants others = RoleGrants.parse(List.of("reviewer:serde"));

    assertThat(ReviewSamples.desk(others).page(ReviewSamples.PAGE))
        .contains("id=\"build-rs-h1\" data-must=\"yes\"")
        .doesNotContain("id=\"decide\"", "note-link", "Mark as seen");
  }

  @Test
  void refusesAReader() {
    assertThat(ReviewSamples.desk(DeskRole.READER).get(ReviewSamples.PAGE).status()).isEqualTo(403);
  }

  @Test
  void showsTextsOfOthersAsText() {
    FixedDesk hostile =
        FixedDesk.of(DeskRole.REVIEWER)
            .reply(CrateOperations.VERSION, HostileSample.of(CrateOperations.VERSION))
            .reply(ReviewOperations.DIFF, hostileFiles())
            .reply(ReviewOperations.DIFF_ROWS, HostileSample.of(ReviewOperations.DIFF_ROWS))
            .reply(ReviewOperations.CAPABILITIES, HostileSample.of(ReviewOperations.CAPABILITIES))
            .reply(ReviewOperations.BEHAVIOR, HostileSample.of(ReviewOperations.BEHAVIOR))
            .reply(ReadingOperations.READING, HostileSample.of(ReadingOperations.READING))
            .reply(ReadingOperations.NOTES, HostileSample.of(ReadingOperations.NOTES));

    for (String view : List.of("", "?view=split", "?note=file-p1-h1")) {
      HostileSample.assertEscaped(withoutCode(hostile.page(ReviewSamples.PAGE + view)));
    }
  }

  private static DiffReply hostileFiles() {
    DiffReply sample = HostileSample.of(ReviewOperations.DIFF);
    return new DiffReply(sample.subject(), true, sample.roles(), 0, 1, sample.files());
  }

  /// Returns a page without code: the server replaces characters there that turn the direction.
  private static String withoutCode(String html) {
    return html.replaceAll("(?s)<td class=\"code[^>]*>.*?</td>", "");
  }

  @Test
  void answersPartsWithADocumentOfTheirOwn() {
    String base = ReviewSamples.PAGE + "/part?base=2.1.2%2Bzstd.1.5.7&";

    assertThat(desk.page(base + "from=0.0"))
        .contains("<main data-part>", "<section class=\"card file\" id=\"build-rs\"")
        .doesNotContain("class=\"further\"");
    assertThat(desk.page(base + "hunk=build-rs-h1"))
        .contains("<table>\n<tbody class=\"hunk\" tabindex=\"-1\" id=\"build-rs-h1\"");
    assertThat(desk.page(base + "note=build-rs-h1&then=cc@1.0.0"))
        .contains("id=\"build-rs-h1-note\"", "name=\"from\" value=\"0.0\"")
        .contains("name=\"then\" value=\"cc@1.0.0\"");
    WebResponse missing = desk.get(base + "hunk=other-h1");
    assertThat(missing.status()).isEqualTo(400);
    assertThat(missing.body().text())
        .contains("<main data-part>", "no part has the id 'other'; open the review again.");
  }

  @Test
  void partsKeepTheVersionsToReviewAfterwards() {
    String fields = "base=2.1.2%2Bzstd.1.5.7&then=cc%401.0.0&";
    String links = fields.replace("&", "&amp;");

    assertThat(desk.page(ReviewSamples.PAGE + "?then=cc@1.0.0"))
        .contains("data-hunks=\"review/part?" + links + "hunk=\"")
        .contains("data-part=\"review/part?" + links + "context=build-rs-h1\"");
    assertThat(desk.page(ReviewSamples.PAGE + "/part?" + fields + "from=0.0"))
        .contains("href=\"?" + links + "context=build-rs-h1");
  }

  @Test
  void showsSixHundredRowsAndALinkToTheNext() {
    desk.reply(ReviewOperations.DIFF_ROWS, DiffSamples.longHunk());

    assertThat(page())
        .contains("id=\"build-rs-h1\"", "id=\"build-rs-h1s2\"", "<span>300 changed</span>")
        .contains("<p class=\"further\"><a href=\"?base=2.1.2%2Bzstd.1.5.7&amp;from=0.600\"")
        .contains("data-part=\"review/part?base=2.1.2%2Bzstd.1.5.7&amp;from=0.600\">Next 600 lines")
        .doesNotContain("id=\"build-rs-h1s3\"");
  }

  @Test
  void printsTheVerifiedLedger() {
    desk.reply(EventOperations.VERIFY_LEDGER, HostileSample.of(EventOperations.VERIFY_LEDGER));

    assertThat(page())
        .contains("<dt>Ledger</dt><dd>entry 7, <code class=\"hash\">0f0f0f0f0f0f0f0f<wbr>");
  }

  @Test
  void namesTheBaseThatAPageAsksFor() {
    desk.page(ReviewSamples.PAGE + "?base=2.1.0");

    assertThat(desk.requests(DiffRequest.class).getFirst().base()).hasToString("2.1.0");
  }
}
