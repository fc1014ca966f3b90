package lazaret.vetting.reading;

import static lazaret.vetting.reading.ReadingFixture.crate;
import static lazaret.vetting.reading.ReadingFixture.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import lazaret.vetting.Bytes;
import lazaret.vetting.LazaretException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.deskapi.diff.DiffRole;
import lazaret.vetting.deskapi.reading.CurrentReaderInfo;
import lazaret.vetting.deskapi.reading.DraftFieldInfo;
import lazaret.vetting.deskapi.reading.LineNoteRemovalRequest;
import lazaret.vetting.deskapi.reading.LineNoteRequest;
import lazaret.vetting.deskapi.reading.LineNotesRequest;
import lazaret.vetting.deskapi.reading.LineRangeInfo;
import lazaret.vetting.deskapi.reading.ReadFileInfo;
import lazaret.vetting.deskapi.reading.ReadMarkInfo;
import lazaret.vetting.deskapi.reading.ReadMarkRequest;
import lazaret.vetting.deskapi.reading.ReadShareInfo;
import lazaret.vetting.deskapi.reading.ReadStateReply;
import lazaret.vetting.deskapi.reading.ReadStateRequest;
import lazaret.vetting.deskapi.reading.ReadersRequest;
import lazaret.vetting.deskapi.reading.TextDraftOrder;
import lazaret.vetting.deskapi.reading.TextDraftRequest;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.review.ContentRole;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import lazaret.vetting.roles.SignInMethod;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadingHandlerSourceTest {
  private static final RoleGrants REVIEWER = RoleGrants.of(DeskRole.REVIEWER);

  private final ReadingFixture desk = new ReadingFixture();
  private final ReadingHandlerSource handlers =
      new ReadingHandlerSource(desk.station.parts, desk.service);

  @AfterEach
  void close() {
    desk.close();
  }

  private static Caller caller(String owner, RoleGrants roles) {
    return new Caller(owner + "-laptop", owner, roles, SignInMethod.TOKEN, null, "10.0.0.7");
  }

  private static Caller caller(String owner) {
    return caller(owner, REVIEWER);
  }

  private static void refused(ThrowingCallable call, String part) {
    assertThatThrownBy(call).isInstanceOf(LazaretException.class).hasMessageContaining(part);
  }

  private ReadMarkRequest mark(CrateId id, boolean unread, List<Long> hunks) {
    ReadMarkInfo part =
        new ReadMarkInfo(
            "build.rs",
            desk.file(id, null, "build.rs").content(),
            null,
            false,
            hunks.isEmpty(),
            hunks,
            List.of(),
            List.of());
    return new ReadMarkRequest(id.name(), id.version(), null, unread, List.of(part));
  }

  private static ReadStateRequest state(CrateId id) {
    return new ReadStateRequest(id.name(), id.version(), null);
  }

  @Test
  void markIsAnsweredWithTheSharesAndTheFiles() {
    CrateId id = desk.publish(crate("1.0.0").buildScript(lines("build", 4)));
    desk.require(Map.of(ContentRole.BUILD_SCRIPT, 100));
    ReadStateReply before = handlers.state(state(id), caller("ann"));
    assertThat(before.roles().getFirst())
        .isEqualTo(new ReadShareInfo(DiffRole.BUILD_SCRIPT, 4, 0, 100, 4));
    assertThat(before.refusal()).startsWith("policy requires the whole build script: 4 lines left");

    ReadStateReply after = handlers.mark(mark(id, false, List.of(1L)), caller("ann"));

    assertThat(after.refusal()).isNull();
    assertThat(after.against()).isNull();
    assertThat(after.files())
        .containsExactly(
            new ReadFileInfo("build.rs", 4, 4, List.of(1L), List.of(), List.of(), true));
    assertThat(handlers.mark(mark(id, true, List.of()), caller("ann")).files()).isEmpty();
  }

  @Test
  void linesOfAHunkThatIsMarkedInPartAreListed() {
    String text = lines("build", 30);
    CrateId base = desk.publish(crate("0.9.0").buildScript(text));
    CrateId id =
        desk.publish(
            crate("1.0.0").buildScript("// new\n" + text.replace("// build 20\n", "// a\n// b\n")));
    ChangedFile file = desk.file(id, "0.9.0", "build.rs");
    ReadMarkInfo part =
        new ReadMarkInfo(
            file.path(),
            file.content(),
            file.base(),
            false,
            false,
            List.of(1L),
            List.of(new LineRangeInfo(21, 21)),
            List.of());
    var order = new ReadMarkRequest(id.name(), id.version(), base.version(), false, List.of(part));

    assertThat(handlers.mark(order, caller("ann")).files())
        .containsExactly(
            new ReadFileInfo(
                "build.rs",
                4,
                2,
                List.of(1L),
                List.of(new LineRangeInfo(21, 21)),
                List.of(),
                false));
  }

  @Test
  void fileThatIsNoTextIsListedWithItsMark() {
    String script = "fn main() { cc().file(\"native/z.bin\"); }\n";
    CrateId base =
        desk.publish(
            crate("0.9.0")
                .buildScript(script)
                .file("native/z.bin", new byte[] {0x7f, 'E', 'L', 'F', 0, 1}));
    CrateId id =
        desk.publish(
            crate("1.0.0")
                .buildScript(script)
                .file("native/z.bin", new byte[] {0x7f, 'E', 'L', 'F', 0, 2}));
    ChangedFile file = desk.file(id, "0.9.0", "native/z.bin");
    ReadMarkInfo part =
        new ReadMarkInfo(
            file.path(), file.content(), file.base(), false, true, List.of(), List.of(), List.of());
    var order = new ReadMarkRequest(id.name(), id.version(), base.version(), false, List.of(part));

    ReadStateReply reply = handlers.mark(order, caller("ann"));

    assertThat(reply.files())
        .containsExactly(
            new ReadFileInfo("native/z.bin", 1, 1, List.of(), List.of(), List.of(), false));
    assertThat(reply.read()).as("the base is not approved").isZero();
    assertThat(desk.approve("bob", base).recorded()).hasSize(1);
    assertThat(desk.share("ann", id, ContentRole.BUILD_SCRIPT)).isEqualTo("1/1");
    assertThat(handlers.state(state(id), caller("ann")).read()).isEqualTo(1);
  }

  @Test
  void markWithoutHunksAndLinesMustNameAllChangedLines() {
    CrateId id = desk.publish(crate("1.0.0").buildScript(lines("build", 4)));
    ReadMarkInfo part =
        new ReadMarkInfo(
            "build.rs",
            desk.file(id, null, "build.rs").content(),
            null,
            false,
            false,
            List.of(),
            List.of(),
            List.of());
    var order = new ReadMarkRequest(id.name(), id.version(), null, false, List.of(part));

    refused(
        () -> handlers.mark(order, caller("ann")),
        "cannot record what was read of build.rs: expected `hunks`, lines, `changed` or `all`, found none");
    assertThat(handlers.state(state(id), caller("ann")).files()).isEmpty();
  }

  private static ReadersRequest readers(CrateId id, @Nullable String path) {
    return new ReadersRequest(id.name(), id.version(), null, path);
  }

  @Test
  void listsTheReadersOfEachFile() {
    CrateId id = desk.publish(crate("1.0.0").buildScript(lines("build", 4)));
    assertThat(handlers.mark(mark(id, false, List.of()), caller("ann")).read()).isEqualTo(4);
    assertThat(handlers.mark(mark(id, false, List.of()), caller("bob")).read()).isEqualTo(4);

    assertThat(handlers.readers(readers(id, null)).files())
        .singleElement()
        .satisfies(
            file ->
                assertThat(file.readers())
                    .extracting(each -> each.person() + " " + each.role() + " " + each.whole())
                    .containsExactly("ann BUILD_SCRIPT true", "bob BUILD_SCRIPT true"));
    assertThat(handlers.readers(readers(id, "build.rs")).files()).hasSize(1);
    assertThat(handlers.readers(readers(id, "Cargo.toml")).files()).isEmpty();
  }

  @Test
  void listsTheReadersOfAFileThatNeedNotBeRead() {
    CrateId id = desk.publish(crate("1.0.0").file("README.md", "alpha\n"));
    ReadMarkInfo whole =
        new ReadMarkInfo(
            "README.md",
            Sha256.of(Bytes.utf8("alpha\n")),
            null,
            true,
            false,
            List.of(),
            List.of(),
            List.of());
    var order = new ReadMarkRequest(id.name(), id.version(), id.version(), false, List.of(whole));
    var _ = handlers.mark(order, caller("ann"));

    assertThat(handlers.readers(readers(id, null)).files()).isEmpty();
    assertThat(handlers.readers(readers(id, "README.md")).files())
        .singleElement()
        .satisfies(
            file ->
                assertThat(file.readers())
                    .extracting(each -> each.person())
                    .containsExactly("ann"));
  }

  @Test
  void marksCountUnderEachNameOfThePerson() {
    CrateId id = desk.publish(crate("1.0.0").buildScript(lines("build", 4)));
    assertThat(handlers.mark(mark(id, false, List.of()), caller("local:Ann")).read()).isEqualTo(4);

    assertThat(handlers.state(state(id), caller("ann")).read()).isEqualTo(4);
    assertThat(handlers.state(state(id), caller("bob")).read()).isZero();
  }

  @Test
  void onlyReviewersOfACrateMarkAndNote() {
    CrateId id = desk.publish(crate("1.0.0").buildScript(lines("build", 4)));
    Caller other = caller("ann", RoleGrants.parse(List.of("reviewer:zstd-*")));
    var note = new LineNoteRequest(id.name(), id.version(), "build.rs", id.cksum(), 1, "text");

    refused(() -> handlers.mark(mark(id, false, List.of()), other), "lacks the role reviewer");
    refused(() -> handlers.add(note, other), "lacks the role reviewer for this crate");
  }

  @Test
  void notesAreAddedListedAndRemoved() {
    CrateId id = desk.publish(crate("1.0.0").buildScript(lines("build", 4)));
    var content = desk.file(id, null, "build.rs").content();
    var order = new LineNoteRequest(id.name(), id.version(), "build.rs", content, 3, "why?");
    assertThat(handlers.add(order, caller("ann")).note().number()).isEqualTo(1);

    assertThat(handlers.notes(new LineNotesRequest(id.name(), id.version())).notes())
        .extracting(each -> each.person() + " " + each.line() + " " + each.text())
        .containsExactly("ann 3 why?");
    var removal = new LineNoteRemovalRequest(id.name(), id.version(), 1);
    refused(() -> handlers.remove(removal, caller("bob")), "found one of ann");
    assertThat(handlers.remove(removal, caller("ann")).note().text()).isEqualTo("why?");
    refused(() -> handlers.remove(removal, caller("ann")), "alpha 1.0.0: there is no note 1");
  }

  @Test
  void noteNeedsTheBytesThatWereShown() {
    CrateId id = desk.publish(crate("1.0.0").buildScript(lines("build", 4)));
    var content = desk.file(id, null, "build.rs").content();

    refused(
        () ->
            handlers.add(
                new LineNoteRequest(id.name(), id.version(), "build.rs", id.cksum(), 3, "text"),
                caller("ann")),
        "expected the bytes that were shown");
    refused(
        () ->
            handlers.add(
                new LineNoteRequest(id.name(), id.version(), "build.rs", content, 0, "text"),
                caller("ann")),
        "expected a line from 1 to 4, found 0");
  }

  @Test
  void noteNeedsALineOfTheReviewedVersion() {
    desk.publish(crate("0.9.0").file("src/old.rs", lines("old", 3)));
    CrateId id = desk.publish(crate("1.0.0").buildScript(lines("build", 4)));
    var build = desk.file(id, "0.9.0", "build.rs").content();
    var past = new LineNoteRequest(id.name(), id.version(), "build.rs", build, 5, "text");
    refused(
        () -> handlers.add(past, caller("ann")),
        "cannot add the note: expected a line from 1 to 4, found 5");
    var last = new LineNoteRequest(id.name(), id.version(), "build.rs", build, 4, "text");
    assertThat(handlers.add(last, caller("ann")).note().line()).isEqualTo(4);
  }

  @Test
  void namesThePersonsWhoReadNow() {
    CrateId id = desk.publish(crate("1.0.0").buildScript(lines("build", 4)));
    assertThat(handlers.state(state(id), caller("jonas")).current()).isEmpty();

    assertThat(handlers.state(state(id), caller("ann")).current())
        .containsExactly(new CurrentReaderInfo("jonas", GateFixture.START));
    assertThat(handlers.mark(mark(id, false, List.of(1L)), caller("jonas")).current())
        .containsExactly(new CurrentReaderInfo("ann", GateFixture.START));

    assertThat(desk.approve("jonas", id).recorded()).hasSize(1);
    assertThat(handlers.state(state(id), caller("ann")).current()).isEmpty();
  }

  @Test
  void draftsBelongToTheCaller() {
    CrateId id = desk.publish(crate("1.0.0"));
    var request = new TextDraftRequest(id.name(), id.version(), "decision");
    var field = new DraftFieldInfo("reason", "half a");
    var order = new TextDraftOrder(id.name(), id.version(), "decision", List.of(field), null);

    assertThat(handlers.putDraft(order, caller("ann")).at()).isNotNull();

    assertThat(handlers.draft(request, caller("ann")).fields()).containsExactly(field);
    assertThat(handlers.draft(request, caller("bob")).at()).isNull();
    assertThat(handlers.removeDraft(request, caller("ann")).fields()).isEmpty();
    assertThat(handlers.draft(request, caller("ann")).at()).isNull();
    refused(
        () ->
            handlers.putDraft(
                new TextDraftOrder(
                    id.name(), id.version(), "decision", List.of(field, field), null),
                caller("ann")),
        "expected each field once, found 'reason' twice");
  }

  @Test
  void unknownVersionIsNamed() {
    CrateId missing = GateFixture.missing("alpha", "9.0.0", desk.publish(crate("1.0.0")));

    refused(
        () -> handlers.state(state(missing), caller("ann")),
        "alpha 9.0.0: there is no such version in the index");
  }
}
