package lazaret.web.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.deskapi.ReadingOperations;
import lazaret.vetting.deskapi.ReviewOperations;
import lazaret.vetting.deskapi.diff.DiffContentInfo;
import lazaret.vetting.deskapi.diff.DiffFileInfo;
import lazaret.vetting.deskapi.diff.DiffHunkInfo;
import lazaret.vetting.deskapi.diff.DiffLineInfo;
import lazaret.vetting.deskapi.diff.DiffRole;
import lazaret.vetting.deskapi.diff.DiffRowsReply;
import lazaret.vetting.deskapi.reading.LineNoteReply;
import lazaret.vetting.deskapi.reading.LineNoteRequest;
import lazaret.vetting.deskapi.reading.LineRangeInfo;
import lazaret.vetting.deskapi.reading.ReadMarkInfo;
import lazaret.vetting.deskapi.reading.ReadMarkRequest;
import lazaret.vetting.deskapi.reading.TextDraftRequest;
import lazaret.vetting.deskapi.review.FileDigestInfo;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import lazaret.web.FixedDesk;
import lazaret.web.FormFields;
import lazaret.web.PageRequest;
import lazaret.web.WebRequest;
import lazaret.web.WebResponse;
import lazaret.web.WebVisitor;
import lazaret.web.diff.DiffSamples;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReadingFormsTest {
  private static final String BOUND =
      "sha256=" + "f7".repeat(32) + "&base=2.1.2%2Bzstd.1.5.7&view=split&";

  private final FixedDesk desk =
      ReviewSamples.desk(DeskRole.REVIEWER)
          .reply(ReadingOperations.MARK_READ, ReviewSamples.reading(2, List.of(1L), null));

  private WebResponse send(String fields) {
    return desk.form(ReviewSamples.VERSION + "/reading", fields);
  }

  @Test
  void marksAHunkWithTheDigestsThatWereShown() {
    WebResponse response = send(BOUND + "seen=build-rs-h1");

    ReadMarkRequest order = desk.requests(ReadMarkRequest.class).getFirst();
    assertThat(order.unread()).isFalse();
    assertThat(order.base()).isEqualTo(DiffSamples.BASE);
    assertThat(order.files())
        .containsExactly(
            new ReadMarkInfo(
                "build.rs",
                DiffSamples.AFTER,
                DiffSamples.BEFORE,
                false,
                false,
                List.of(1L),
                List.of(),
                List.of()));
    assertThat(response.status()).isEqualTo(303);
    assertThat(response.fields().toString())
        .contains("/review?base=2.1.2%2Bzstd.1.5.7&view=split&from=0.0#build-rs-h1");
  }

  @Test
  void marksAFileWithoutLinesAsAWhole() {
    desk.reply(ReviewOperations.DIFF, DiffSamples.reply(true, DiffSamples.binary("a.o")));

    send(BOUND + "seen=a-o-h0");

    assertThat(desk.requests(ReadMarkRequest.class).getFirst().files())
        .containsExactly(
            new ReadMarkInfo(
                "a.o",
                DiffSamples.AFTER,
                DiffSamples.BEFORE,
                false,
                true,
                List.of(),
                List.of(),
                List.of()));
  }

  @Test
  void marksAPieceOfARemovedFileAsLinesOfItsContent() {
    DiffFileInfo gone =
        new DiffFileInfo(
            "src/gone.rs",
            null,
            DiffFileInfo.Change.REMOVED,
            DiffRole.RUNTIME,
            false,
            null,
            new DiffContentInfo(
                new FileDigestInfo(800, DiffSamples.BEFORE), null, DiffContentInfo.Kind.OTHER),
            DiffSamples.amount(0, 700));
    List<DiffLineInfo> rows =
        IntStream.rangeClosed(1, 600).mapToObj(line -> DiffSamples.removed(line, 0)).toList();
    desk.reply(ReviewOperations.DIFF, DiffSamples.reply(true, gone))
        .reply(
            ReviewOperations.DIFF_ROWS,
            new DiffRowsReply(
                DiffSamples.SUBJECT,
                gone,
                List.of(new DiffHunkInfo(1, 1, 700, 0, 0, 700, 0, 700)),
                0,
                600,
                rows));

    send(BOUND + "seen=src-gone-rs-h1");

    assertThat(desk.requests(ReadMarkRequest.class).getFirst().files())
        .containsExactly(
            new ReadMarkInfo(
                "src/gone.rs",
                DiffSamples.BEFORE,
                null,
                false,
                false,
                List.of(),
                List.of(new LineRangeInfo(1, 300)),
                List.of()));
  }

  private void showRows(DiffLineInfo... rows) {
    DiffRowsReply usual = DiffSamples.rows(DiffSamples.buildScript());
    desk.reply(
        ReviewOperations.DIFF_ROWS,
        new DiffRowsReply(usual.subject(), usual.file(), usual.hunks(), 0, null, List.of(rows)));
  }

  @Test
  void marksNoLineThatIsCut() {
    showRows(
        DiffSamples.equal(12, 12, "a"),
        DiffSamples.removed(13, 0),
        DiffSamples.added(13, "b"),
        DiffSamples.cut(14));
    assertThat(desk.page(ReviewSamples.PAGE))
        .contains("<span>cut lines count when the whole file is marked</span>");

    send(BOUND + "seen=build-rs-h1");
    send(BOUND + "unseen=build-rs-h1");

    List<ReadMarkRequest> orders = desk.requests(ReadMarkRequest.class);
    assertThat(orders.getFirst().files())
        .containsExactly(
            new ReadMarkInfo(
                "build.rs",
                DiffSamples.AFTER,
                DiffSamples.BEFORE,
                false,
                false,
                List.of(),
                List.of(new LineRangeInfo(12, 13)),
                List.of(new LineRangeInfo(12, 13))));
    assertThat(orders.getLast().files().getFirst().hunks()).as("not read: all").containsExactly(1L);
  }

  @Test
  void marksNothingIfAllLinesAreCut() {
    showRows(DiffSamples.equal(12, 12, "a"), DiffSamples.cut(13), DiffSamples.cut(14));

    WebResponse response = fromScript(BOUND + "seen=build-rs-h1");

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body().text()).contains("read the page of the whole file");
    assertThat(desk.requests(ReadMarkRequest.class)).isEmpty();
  }

  @Test
  void marksAWholeFileFromItsPage() {
    assertThat(desk.page(ReviewSamples.VERSION + "/files/build.rs"))
        .contains("action=\"" + ReviewSamples.VERSION + "/reading\"")
        .contains("name=\"whole\" value=\"build.rs\"", "Mark the whole file as read</button>");

    WebResponse response = send("whole=build.rs&content=" + DiffSamples.AFTER.hex());

    ReadMarkRequest order = desk.requests(ReadMarkRequest.class).getFirst();
    assertThat(order.base()).as("without a base").isEqualTo(DiffSamples.VERSION);
    assertThat(order.unread()).isFalse();
    assertThat(order.files())
        .containsExactly(
            new ReadMarkInfo(
                "build.rs", DiffSamples.AFTER, null, true, false, List.of(), List.of(), List.of()));
    assertThat(response.status()).isEqualTo(303);
    assertThat(response.fields().toString()).contains(ReviewSamples.VERSION + "/files/build.rs");
  }

  private String sourcePage(int from, @Nullable Integer next) {
    DiffRowsReply usual = DiffSamples.rows(DiffSamples.buildScript());
    desk.reply(
        ReviewOperations.DIFF_ROWS,
        new DiffRowsReply(usual.subject(), usual.file(), usual.hunks(), from, next, usual.rows()));
    return desk.page(ReviewSamples.VERSION + "/files/build.rs?from=" + (from + 1));
  }

  @Test
  void onlyTheLastPageOfAFileOffersItsMark() {
    assertThat(sourcePage(0, 3_000))
        .contains("Later lines</a>")
        .doesNotContain("Mark the whole file as read");
    assertThat(sourcePage(3_000, null))
        .contains("Earlier lines</a>", "Mark the whole file as read</button>");
  }

  @Test
  void fileWithALineThatItsPageCutsCannotBeMarked() {
    showRows(DiffSamples.added(1, "a"), DiffSamples.cut(2));

    assertThat(desk.page(ReviewSamples.VERSION + "/files/build.rs"))
        .contains("1 line of this page is cut after 65,536 characters")
        .doesNotContain("Mark the whole file as read");
  }

  @Test
  void auditorMarksNoFile() {
    assertThat(ReviewSamples.desk(DeskRole.AUDITOR).page(ReviewSamples.VERSION + "/files/build.rs"))
        .contains("Readers</h2>")
        .doesNotContain("method=\"post\" action=\"/desk/crates");
  }

  @Test
  void takesAMarkBack() {
    send(BOUND + "unseen=build-rs-h1");

    assertThat(desk.requests(ReadMarkRequest.class).getFirst().unread()).isTrue();
  }

  @Test
  void marksOfOnePersonAreRecordedInTheOrderOfArrival() throws InterruptedException {
    AtomicBoolean slow = new AtomicBoolean(true);
    Semaphore begun = new Semaphore(0);
    Semaphore compared = new Semaphore(0);
    desk.answer(
        ReviewOperations.DIFF,
        _ -> {
          if (slow.getAndSet(false)) {
            begun.release();
            compared.acquireUninterruptibly();
          }
          return DiffSamples.reply(true, DiffSamples.buildScript());
        });

    Thread first = Thread.ofPlatform().start(() -> send(BOUND + "seen=build-rs-h1"));
    begun.acquireUninterruptibly();
    Thread second = Thread.ofPlatform().start(() -> send(BOUND + "unseen=build-rs-h1"));
    while (second.getState() != Thread.State.WAITING && second.isAlive()) {
      Thread.onSpinWait();
    }
    compared.release();
    first.join();
    second.join();

    assertThat(desk.requests(ReadMarkRequest.class))
        .extracting(ReadMarkRequest::unread)
        .containsExactly(false, true);
  }

  @Test
  void marksNothingIfTheBytesChanged() {
    WebResponse response = send(BOUND.replace("f7f7", "aaaa") + "seen=build-rs-h1");

    assertThat(response.status()).isEqualTo(409);
    assertThat(response.body().text()).contains("the bytes changed while you read");
    assertThat(desk.requests(ReadMarkRequest.class)).isEmpty();
  }

  @Test
  void answersTheModuleWithCounts() {
    WebResponse response = fromScript(BOUND + "seen=build-rs-h1");

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body().text())
        .isEqualTo(
            "{\"all\":{\"read\":2,\"total\":2},"
                + "\"roles\":{\"build-script\":{\"read\":2,\"total\":2}},"
                + "\"files\":{\"build-rs\":{\"read\":2,\"total\":2}},\"missing\":\"\"}");
  }

  @Test
  void answersTheModuleWithTheErrorsOfTheApi() {
    desk.refuse(ReadingOperations.MARK_READ, ErrorCode.CKSUM_MISMATCH, "build.rs has other bytes");

    WebResponse response = fromScript(BOUND + "seen=build-rs-h1");

    assertThat(response.status()).isEqualTo(409);
    assertThat(response.body().text())
        .contains(
            "{\"errors\":[{\"code\":\"cksum-mismatch\",\"detail\":\"build.rs has other bytes\"");
    assertThat(fromScript("seen=x").status()).isEqualTo(400);
  }

  private WebResponse fromScript(String fields) {
    WebRequest web =
        new WebRequest(
            "POST",
            ReviewSamples.VERSION + "/reading",
            "",
            name -> Optional.ofNullable(Map.of("accept", "application/json").get(name)),
            Bytes.utf8(fields),
            true,
            new WebVisitor.SignedIn("mara", "Mara", RoleGrants.of(DeskRole.REVIEWER)),
            desk);
    Map<String, String> path = Map.of("name", "zstd-sys", "version", "2.1.3+zstd.1.5.7");
    return ReadingForms.send(
        new PageRequest(web, path, FormFields.parse(""), FormFields.parse(fields)), FixedDesk.NOW);
  }

  @Test
  void addsANoteOnALineOfTheHunk() {
    desk.reply(ReadingOperations.ADD_NOTE, new LineNoteReply(ReviewSamples.note("mara")));

    WebResponse response =
        desk.form(
            ReviewSamples.VERSION + "/notes",
            "base=2.1.2%2Bzstd.1.5.7&hunk=build-rs-h1&line=13&text=only+a+flag");

    LineNoteRequest order = desk.requests(LineNoteRequest.class).getFirst();
    assertThat(order.path()).isEqualTo("build.rs");
    assertThat(order.content()).isEqualTo(DiffSamples.AFTER);
    assertThat(order.line()).isEqualTo(13);
    assertThat(response.status()).isEqualTo(303);
    assertThat(response.fields().toString()).contains("from=0.0#note-17");
    assertThat(desk.requests(TextDraftRequest.class).getFirst().form()).startsWith("note-");
  }

  @Test
  void noteKeepsThePlaceAndTheVersionsToReviewAfterwards() {
    desk.reply(ReadingOperations.ADD_NOTE, new LineNoteReply(ReviewSamples.note("mara")));

    WebResponse response =
        desk.form(
            ReviewSamples.VERSION + "/notes",
            "hunk=build-rs-h1&line=13&text=only+a+flag&from=0.600&then=cc%401.0.0");

    assertThat(response.fields().toString()).contains("&then=cc%401.0.0&from=0.600#note-17");
  }

  @Test
  void removalOfANoteLeadsBackToTheSameView() {
    desk.reply(ReadingOperations.REMOVE_NOTE, new LineNoteReply(ReviewSamples.note("mara")));

    WebResponse response =
        desk.form(ReviewSamples.VERSION + "/notes/17/remove?view=split&from=0.600", "");

    assertThat(response.status()).isEqualTo(303);
    assertThat(response.fields().toString()).contains("/review?view=split&from=0.600#code");
  }

  @Test
  void keepsANoteOnALineOutsideOfTheHunk() {
    WebResponse response =
        desk.form(ReviewSamples.VERSION + "/notes", "hunk=build-rs-h1&line=99&text=%3Cb%3Ekept");

    assertThat(response.status()).isEqualTo(422);
    assertThat(response.body().text())
        .contains("<main id=\"main\"", "&lt;b&gt;kept</textarea>", "aria-invalid=\"true\"")
        .contains("This hunk has the lines 12 to 14.");
    assertThat(desk.requests(LineNoteRequest.class)).isEmpty();
  }
}
