package lazaret.vetting.reading;

import static lazaret.vetting.reading.ReadingFixture.crate;
import static lazaret.vetting.reading.ReadingFixture.lines;
import static lazaret.vetting.reading.ReadingFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.Deadline;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.decisions.DecisionOrder;
import lazaret.vetting.desk.decisions.DecisionReport;
import lazaret.vetting.desk.decisions.DecisionService;
import lazaret.vetting.gate.serving.WantedVersion;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.review.CodeDelta;
import lazaret.vetting.review.ContentRole;
import lazaret.vetting.review.FileSummary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadingServiceTest {
  private static final Map<ContentRole, Integer> WHOLE_BUILD_SCRIPT =
      Map.of(ContentRole.BUILD_SCRIPT, 100);

  private final ReadingFixture desk = new ReadingFixture();

  @AfterEach
  void close() {
    desk.close();
  }

  /// Returns the reading that was recorded with the only decision of an order.
  private static List<String> reading(DecisionReport report) {
    assertThat(report.recorded()).as(refusal(report)).hasSize(1);
    return Objects.requireNonNull(report.recorded().getFirst().context()).reading();
  }

  private MarkOrder.FilePart part(CrateId id, @Nullable String base, String path, ReadLines lines) {
    ChangedFile file = desk.file(id, base, path);
    return new MarkOrder.FilePart(path, file.content(), file.base(), false, List.of(), lines);
  }

  private static LineRangeSet range(int first, int last) {
    return new LineRangeSet(List.of(new LineRange(first, last)));
  }

  @Test
  void approvalNeedsTheSharesOfThePolicy() {
    CrateId id = desk.publish(crate("1.0.0").buildScript(lines("build", 28)));
    desk.require(WHOLE_BUILD_SCRIPT);

    assertThat(refusal(desk.approve("ann", id)))
        .startsWith("policy requires the whole build script: 28 lines left; no version to compare");

    desk.mark("ann", id, null, "build.rs");

    assertThat(reading(desk.approve("ann", id))).contains("build-script 28/28");
  }

  @Test
  void partOfTheLinesMeetsASmallerShare() {
    CrateId id = desk.publish(crate("1.0.0").file("src/lib.rs", lines("lib", 9)));
    desk.require(Map.of(ContentRole.RUNTIME, 50));
    desk.mark(
        "ann",
        id,
        null,
        part(id, null, "src/lib.rs", new ReadLines(range(1, 4), LineRangeSet.NONE)));

    assertThat(refusal(desk.approve("ann", id)))
        .startsWith("policy requires 50 percent of the runtime code: 1 line left");

    desk.mark(
        "ann",
        id,
        null,
        part(id, null, "src/lib.rs", new ReadLines(range(5, 5), LineRangeSet.NONE)));

    assertThat(reading(desk.approve("ann", id))).contains("runtime 5/9");
  }

  @Test
  void denialsAndExemptionsHaveNoCondition() {
    CrateId id = desk.publish(crate("1.0.0").buildScript(lines("build", 5)));
    desk.require(WHOLE_BUILD_SCRIPT);

    assertThat(desk.decide(Decision.Kind.EXEMPT, "ann", id, null, false).refused()).isEmpty();
    assertThat(desk.decide(Decision.Kind.DENY, "ann", id, null, false).refused()).isEmpty();
  }

  @Test
  void approvalInBulkHasTheSameCondition() {
    CrateId id = desk.publish(crate("1.0.0").buildScript(lines("build", 5)));
    desk.require(WHOLE_BUILD_SCRIPT);

    assertThat(refusal(desk.decide(Decision.Kind.APPROVE, "ann", id, null, true)))
        .startsWith("policy requires the whole build script: 5 lines left");
  }

  @Test
  void tooManyVersionsAreRefusedWherePolicyRequiresReading() {
    CrateId id = desk.publish(crate("1.0.0").file("src/lib.rs", lines("lib", 2)));
    desk.require(Map.of(ContentRole.RUNTIME, 50));
    var wanted = new WantedVersion(id.name(), id.version(), id.cksum(), null);
    var order =
        new DecisionOrder(
            Decision.Kind.APPROVE,
            Collections.nCopies(DecisionService.MOST_READ + 1, wanted),
            "ann",
            "read it",
            null,
            List.of(),
            List.of());

    assertThatThrownBy(() -> desk.desk.decide(order))
        .isInstanceOf(MalformedException.class)
        .hasMessageContainingAll(
            "expected at most 200 versions", "found 201; approve fewer at once");
  }

  @Test
  void deskWithoutLedgerRefusesWhatRequiresReading() {
    CrateId id = desk.publish(crate("1.0.0"));
    desk.require(WHOLE_BUILD_SCRIPT);

    assertThat(refusal(desk.station.decide(Decision.Kind.APPROVE, id)))
        .isEqualTo("policy requires reading, and this desk has no read ledger");
  }

  @Test
  void differenceCountsOnlyWhileItsBaseIsApproved() {
    CrateId base = desk.publish(crate("1.0.0").buildScript(lines("build", 20)));
    CrateId id = desk.publish(crate("1.1.0").buildScript(lines("build", 23)));
    desk.mark("ann", id, "1.0.0", "build.rs");
    assertThat(desk.share("ann", id, ContentRole.BUILD_SCRIPT)).isEqualTo("0/23");

    assertThat(desk.approve("bob", base).recorded()).hasSize(1);
    assertThat(desk.share("ann", id, ContentRole.BUILD_SCRIPT)).isEqualTo("3/3");

    assertThat(desk.decide(Decision.Kind.REVOKE, "bob", base, null, false).refused()).isEmpty();
    assertThat(desk.share("ann", id, ContentRole.BUILD_SCRIPT)).isEqualTo("0/23");
  }

  @Test
  void baseThatNeedsASecondPersonIsNotApproved() {
    String shell = "fn main() { std::process::Command::new(\"sh\").arg(\"-c\").arg(\"make\"); }\n";
    CrateId base = desk.publish(crate("1.0.0").buildScript(shell));
    CrateId id = desk.publish(crate("1.1.0").buildScript(shell + "// x\n"));
    desk.requireTwoPersonsForSignals();
    desk.mark("ann", id, "1.0.0", "build.rs");

    assertThat(desk.approve("bob", base).withheld()).as("waits for a second person").hasSize(1);
    assertThat(desk.share("ann", id, ContentRole.BUILD_SCRIPT)).isEqualTo("0/2");

    assertThat(desk.approve("carl", base).withheld()).isEmpty();
    assertThat(desk.share("ann", id, ContentRole.BUILD_SCRIPT)).isEqualTo("1/1");
  }

  @Test
  void auditByOneOfTwoPersonsDoesNotMakeABaseAudited() {
    String shell = "fn main() { std::process::Command::new(\"sh\").arg(\"-c\").arg(\"make\"); }\n";
    CrateId base = desk.publish(crate("1.0.0").buildScript(shell));
    CrateId id = desk.publish(crate("1.1.0").buildScript(shell + "// x\n"));
    desk.requireTwoPersonsForSignals();
    desk.mark("ann", id, "1.0.0", "build.rs");

    DecisionReport report =
        desk.desk.decide(
            new DecisionOrder(
                Decision.Kind.APPROVE,
                List.of(new WantedVersion(base.name(), base.version(), base.cksum(), null)),
                "bob",
                "read all of it",
                null,
                List.of("safe-to-deploy"),
                List.of()));

    assertThat(report.withheld()).as("waits for a second person").hasSize(1);
    assertThat(desk.share("ann", id, ContentRole.BUILD_SCRIPT)).isEqualTo("0/2");
  }

  @Test
  void exemptedBaseIsNotReviewed() {
    CrateId base = desk.publish(crate("1.0.0").buildScript(lines("build", 20)));
    CrateId id = desk.publish(crate("1.1.0").buildScript(lines("build", 23)));
    desk.mark("ann", id, "1.0.0", "build.rs");
    assertThat(desk.decide(Decision.Kind.EXEMPT, "bob", base, null, false).recorded()).hasSize(1);

    assertThat(desk.share("ann", id, ContentRole.BUILD_SCRIPT)).isEqualTo("0/23");
  }

  @Test
  void baseWhoseBytesAreGoneLeavesAllLinesToRead() {
    CrateId base = desk.publish(crate("1.0.0").buildScript(lines("build", 20)));
    CrateId id = desk.publish(crate("1.1.0").buildScript(lines("build", 23)));
    var _ = desk.station.registry.removeArtifact("alpha", "1.0.0");
    assertThat(desk.approve("bob", base).recorded()).hasSize(1);

    assertThat(desk.share("ann", id, ContentRole.BUILD_SCRIPT)).isEqualTo("0/23");
    desk.mark("ann", id, "1.1.0", "build.rs");
    assertThat(desk.share("ann", id, ContentRole.BUILD_SCRIPT)).isEqualTo("23/23");
  }

  @Test
  void namedBaseWithoutReviewDoesNotReduceTheLines() {
    desk.publish(crate("1.0.0").buildScript(lines("build", 20)));
    CrateId id = desk.publish(crate("1.1.0").buildScript(lines("build", 20) + "// x\n"));
    desk.require(WHOLE_BUILD_SCRIPT);
    desk.mark("ann", id, "1.0.0", "build.rs");

    assertThat(refusal(desk.decide(Decision.Kind.APPROVE, "ann", id, "1.0.0", false)))
        .startsWith("policy requires the whole build script: 21 lines left");
  }

  @Test
  void differenceToTheVersionItselfIsTheWholeVersion() {
    desk.publish(crate("1.0.0").buildScript(lines("build", 20)));
    CrateId id = desk.publish(crate("1.1.0").buildScript(lines("build", 23)));

    desk.mark("ann", id, "1.1.0", "build.rs");

    assertThat(desk.share("ann", id, ContentRole.BUILD_SCRIPT)).isEqualTo("23/23");
  }

  @Test
  void differencesAddUpToAReadContent() {
    CrateId first = desk.publish(crate("1.0.0").buildScript(lines("build", 20)));
    CrateId second = desk.publish(crate("1.1.0").buildScript(lines("build", 23)));
    CrateId third = desk.publish(crate("1.2.0").buildScript(lines("build", 25)));
    desk.mark("ann", third, "1.1.0", "build.rs");
    desk.mark("ann", second, "1.0.0", "build.rs");
    assertThat(desk.share("ann", third, ContentRole.BUILD_SCRIPT)).isEqualTo("0/25");

    ChangedFile build = desk.file(first, null, "build.rs");
    desk.mark(
        "ann",
        first,
        null,
        new MarkOrder.FilePart("build.rs", build.content(), null, true, List.of(), ReadLines.NONE));

    assertThat(desk.share("ann", third, ContentRole.BUILD_SCRIPT)).isEqualTo("25/25");
  }

  @Test
  void contentOfALessDangerousRoleIsNotReadAsABuildScript() {
    String text = lines("same", 12);
    CrateId plain = desk.publish(crate("1.0.0").file("src/lib.rs", text));
    CrateId moved = desk.publish(CrateBuilder.crate("beta", "1.0.0").buildScript(text));
    desk.mark("ann", plain, null, "src/lib.rs");

    assertThat(desk.share("ann", plain, ContentRole.RUNTIME)).isEqualTo("12/12");
    assertThat(desk.share("ann", moved, ContentRole.BUILD_SCRIPT)).isEqualTo("0/12");
  }

  @Test
  void contentOfAMoreDangerousRoleIsReadEverywhere() {
    String text = lines("same", 12);
    CrateId built = desk.publish(CrateBuilder.crate("beta", "1.0.0").buildScript(text));
    CrateId plain = desk.publish(crate("1.0.0").file("src/lib.rs", text));
    desk.mark("ann", built, null, "build.rs");

    assertThat(desk.share("ann", plain, ContentRole.RUNTIME)).isEqualTo("12/12");
  }

  @Test
  void changedFileIsReadAsAWholeInAMoreDangerousRole() {
    CrateId base = desk.publish(crate("1.0.0").file("probe.rs", lines("probe", 6)));
    CrateId id =
        desk.publish(
            crate("1.1.0")
                .buildScript("mod probe;\nfn main() {}\n")
                .file("probe.rs", lines("probe", 7)));
    assertThat(desk.approve("bob", base).recorded()).hasSize(1);
    assertThat(desk.share("ann", id, ContentRole.BUILD_SCRIPT)).isEqualTo("0/9");

    // A client that compares the texts shows the last line alone.
    desk.mark(
        "ann",
        id,
        "1.0.0",
        new MarkOrder.FilePart(
            "probe.rs",
            desk.file(id, "1.0.0", "probe.rs").content(),
            Sha256.of(Bytes.utf8(lines("probe", 6))),
            false,
            List.of(),
            new ReadLines(range(7, 7), LineRangeSet.NONE)));
    assertThat(desk.share("ann", id, ContentRole.BUILD_SCRIPT)).isEqualTo("1/9");

    desk.mark("ann", id, "1.0.0", "probe.rs");
    assertThat(desk.share("ann", id, ContentRole.BUILD_SCRIPT)).isEqualTo("7/9");
  }

  @Test
  void markOfAnEqualFileDoesNotReadItsContent() {
    CrateId base = desk.publish(crate("1.0.0").file("src/lib.rs", lines("lib", 9)));
    CrateId id =
        desk.publish(
            crate("1.1.0").buildScript(lines("build", 2)).file("src/lib.rs", lines("lib", 9)));
    desk.mark("ann", id, "1.0.0", "src/lib.rs");
    assertThat(desk.share("ann", base, ContentRole.RUNTIME)).isEqualTo("0/9");

    assertThat(desk.approve("bob", base).recorded()).hasSize(1);

    assertThat(desk.share("ann", base, ContentRole.RUNTIME)).isEqualTo("0/9");
  }

  @Test
  void secondPersonNeedsOwnReading() {
    CrateId id = desk.publish(crate("1.0.0").buildScript(lines("build", 5)));
    desk.require(WHOLE_BUILD_SCRIPT);
    desk.mark("ann", id, null, "build.rs");

    assertThat(desk.share("bob", id, ContentRole.BUILD_SCRIPT)).isEqualTo("0/5");
    assertThat(refusal(desk.approve("bob", id))).contains("5 lines left");
  }

  @Test
  void nameThatContainsAnotherIsAnotherPerson() {
    CrateId id = desk.publish(crate("1.0.0").buildScript(lines("build", 5)));
    desk.mark("ann/bob", id, null, "build.rs");

    assertThat(desk.share("ann", id, ContentRole.BUILD_SCRIPT)).isEqualTo("0/5");
    assertThat(desk.share("bob", id, ContentRole.BUILD_SCRIPT)).isEqualTo("0/5");
  }

  @Test
  void hunksAddUp() {
    String base = lines("a", 60);
    CrateId first = desk.publish(crate("1.0.0").file("src/lib.rs", base));
    String changed = "// new\n" + base.replace("// a 30\n", "// b 30\n") + "// end\n";
    CrateId id = desk.publish(crate("1.1.0").file("src/lib.rs", changed));
    assertThat(desk.approve("bob", first).recorded()).hasSize(1);
    assertThat(desk.file(id, "1.0.0", "src/lib.rs").hunks()).hasSize(3);

    desk.mark("ann", id, "1.0.0", "src/lib.rs", 1);
    assertThat(desk.share("ann", id, ContentRole.RUNTIME)).isEqualTo("1/4");
    desk.mark("ann", id, "1.0.0", "src/lib.rs", 3);
    desk.mark("ann", id, "1.0.0", "src/lib.rs", 3);
    assertThat(desk.share("ann", id, ContentRole.RUNTIME)).isEqualTo("2/4");
    desk.mark("ann", id, "1.0.0", "src/lib.rs", 2);
    assertThat(desk.share("ann", id, ContentRole.RUNTIME)).isEqualTo("4/4");
  }

  @Test
  void markCanBeTakenBack() {
    CrateId id = desk.publish(crate("1.0.0").file("src/lib.rs", lines("lib", 9)));
    desk.mark("ann", id, null, "src/lib.rs");

    desk.unmark(
        "ann",
        id,
        null,
        part(id, null, "src/lib.rs", new ReadLines(range(3, 4), LineRangeSet.NONE)));
    assertThat(desk.share("ann", id, ContentRole.RUNTIME)).isEqualTo("7/9");

    desk.unmark("ann", id, null, part(id, null, "src/lib.rs", ReadLines.NONE));
    assertThat(desk.share("ann", id, ContentRole.RUNTIME)).isEqualTo("0/9");
  }

  @Test
  void markOfTheWholeContentTakesItsLinesBack() {
    CrateId id = desk.publish(crate("1.0.0").file("src/lib.rs", lines("lib", 9)));
    ReadLines four = new ReadLines(range(1, 4), LineRangeSet.NONE);
    desk.mark("ann", id, null, part(id, null, "src/lib.rs", four));
    Sha256 content = desk.file(id, null, "src/lib.rs").content();

    desk.unmark(
        "ann",
        id,
        null,
        new MarkOrder.FilePart("src/lib.rs", content, null, true, List.of(), ReadLines.NONE));

    assertThat(desk.share("ann", id, ContentRole.RUNTIME)).isEqualTo("0/9");
  }

  @Test
  void refusesAContentThatWasNotShown() {
    CrateId id = desk.publish(crate("1.0.0").buildScript(lines("build", 5)));
    Sha256 other = Sha256.of(Bytes.utf8("other"));

    assertThatThrownBy(
            () ->
                desk.mark(
                    "ann",
                    id,
                    null,
                    new MarkOrder.FilePart(
                        "build.rs", other, null, true, List.of(), ReadLines.NONE)))
        .isInstanceOf(StaleContentException.class)
        .hasMessage(
            "cannot record what was read of build.rs: expected the bytes that were shown, found"
                + " others; nothing was recorded, read it again");
    assertThat(desk.share("ann", id, ContentRole.BUILD_SCRIPT)).isEqualTo("0/5");
  }

  @Test
  void refusesADifferenceToAnotherContentThanShown() {
    desk.publish(crate("1.0.0").buildScript(lines("build", 20)));
    CrateId id = desk.publish(crate("1.1.0").buildScript(lines("build", 23)));
    Sha256 content = desk.file(id, "1.0.0", "build.rs").content();

    assertThatThrownBy(
            () ->
                desk.mark(
                    "ann",
                    id,
                    "1.0.0",
                    new MarkOrder.FilePart(
                        "build.rs", content, null, false, List.of(), ReadLines.NONE)))
        .isInstanceOf(StaleContentException.class);
  }

  @Test
  void refusesHunksAndLinesThatDoNotExist() {
    CrateId id = desk.publish(crate("1.0.0").buildScript(lines("build", 5)));

    assertThatThrownBy(() -> desk.mark("ann", id, null, "build.rs", 2))
        .isInstanceOf(MalformedException.class)
        .hasMessage(
            "cannot record what was read of build.rs: expected a hunk from 1 to 1, found 2; use"
                + " one of the list of files");
    assertThatThrownBy(() -> desk.mark("ann", id, null, "build.rs", 1L << 33))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(
            () ->
                desk.mark(
                    "ann",
                    id,
                    null,
                    part(id, null, "build.rs", new ReadLines(range(6, 9), LineRangeSet.NONE))))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected changed lines, found others");
    assertThatThrownBy(() -> desk.mark("ann", id, null))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected 1 to 2000 files, found 0");
  }

  @Test
  void linesOutsideOfTheDifferenceAreNotRecorded() {
    CrateId id = desk.publish(crate("1.0.0").buildScript(lines("build", 5)));
    var lines = new ReadLines(range(5, Integer.MAX_VALUE), range(1, Integer.MAX_VALUE));

    desk.mark("ann", id, null, part(id, null, "build.rs", lines));

    assertThat(desk.share("ann", id, ContentRole.BUILD_SCRIPT)).isEqualTo("1/5");
  }

  @Test
  void oneWrongPartRecordsNothing() {
    CrateId id =
        desk.publish(
            crate("1.0.0").buildScript(lines("build", 5)).file("src/lib.rs", lines("lib", 3)));
    ChangedFile build = desk.file(id, null, "build.rs");
    ChangedFile lib = desk.file(id, null, "src/lib.rs");

    assertThatThrownBy(
            () ->
                desk.mark(
                    "ann",
                    id,
                    null,
                    new MarkOrder.FilePart(
                        "build.rs", build.content(), null, false, List.of(), ReadLines.NONE),
                    new MarkOrder.FilePart(
                        "src/lib.rs", lib.content(), null, false, List.of(9L), ReadLines.NONE)))
        .isInstanceOf(MalformedException.class);
    assertThat(desk.share("ann", id, ContentRole.BUILD_SCRIPT)).isEqualTo("0/5");
  }

  @Test
  void fileThatIsNoTextCountsAsOneLine() {
    CrateId id =
        desk.publish(
            crate("1.0.0")
                .buildScript("fn main() { cc().file(\"native/z.bin\"); }\n")
                .file("native/z.bin", new byte[] {0x7f, 'E', 'L', 'F', 0, 1, 2}));
    desk.mark("ann", id, null, "build.rs");
    assertThat(desk.share("ann", id, ContentRole.BUILD_SCRIPT)).isEqualTo("1/2");

    desk.mark("ann", id, null, "native/z.bin");

    assertThat(desk.share("ann", id, ContentRole.BUILD_SCRIPT)).isEqualTo("2/2");
  }

  @Test
  void noMarkOfSeveralWritersIsLost() throws InterruptedException {
    CrateId id = desk.publish(crate("1.0.0").file("src/lib.rs", lines("lib", 40)));
    List<Thread> writers = new ArrayList<>();
    for (int i = 1; i <= 40; i++) {
      int line = i;
      MarkOrder.FilePart part =
          part(id, null, "src/lib.rs", new ReadLines(range(line, line), LineRangeSet.NONE));
      writers.add(Thread.ofVirtual().start(() -> desk.mark("ann", id, null, part)));
    }
    for (Thread writer : writers) {
      writer.join();
    }

    assertThat(desk.share("ann", id, ContentRole.RUNTIME)).isEqualTo("40/40");
  }

  @Test
  void tooManyRangesAreRefused() {
    CrateId id = desk.publish(crate("1.0.0").file("src/lib.rs", lines("lib", 6_100)));
    List<LineRange> every = new ArrayList<>();
    for (int line = 1; line <= 6_100; line += 2) {
      every.add(new LineRange(line, line));
    }

    assertThatThrownBy(
            () ->
                desk.mark(
                    "ann",
                    id,
                    null,
                    part(
                        id,
                        null,
                        "src/lib.rs",
                        new ReadLines(new LineRangeSet(every), LineRangeSet.NONE))))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected at most 3000 ranges of lines of one content, found 3050");
  }

  @Test
  void sharesAreRecordedWithoutAPolicyIfThePersonReads() {
    CrateId id = desk.publish(crate("1.0.0").file("src/lib.rs", lines("lib", 9)));
    assertThat(reading(desk.approve("bob", id))).isEmpty();

    desk.mark("ann", id, null, "src/lib.rs");

    assertThat(reading(desk.approve("ann", id))).contains("runtime 9/9");
  }

  @Test
  void removedFileIsReadAsTheContentThatIsRemoved() {
    CrateId base =
        desk.publish(crate("1.0.0").file("src/lib.rs", "mod a;\n").file("src/a.rs", "// a\n"));
    CrateId id = desk.publish(crate("1.1.0").file("src/lib.rs", "mod a;\n"));
    assertThat(desk.approve("bob", base).recorded()).hasSize(1);
    assertThat(desk.share("ann", id, ContentRole.RUNTIME)).isEqualTo("0/1");

    desk.mark("ann", id, "1.0.0", "src/a.rs");

    assertThat(desk.share("ann", id, ContentRole.RUNTIME)).isEqualTo("1/1");
  }

  @Test
  void theSummaryOfAFileHasAsManyLinesAsItsHunks() {
    CrateId base =
        desk.publish(
            crate("1.0.0")
                .file("src/lib.rs", lines("lib", 90) + "// moved\n".repeat(9) + lines("end", 9))
                .file("src/gone.rs", lines("gone", 7))
                .file("src/data.bin", new byte[] {1, 0, 2})
                .file("probe.rs", lines("probe", 6)));
    CrateId id =
        desk.publish(
            crate("1.1.0")
                .buildScript("mod probe;\nfn main() {}\n")
                .file("src/lib.rs", "// moved\n".repeat(9) + lines("lib", 88) + lines("fin", 11))
                .file("src/new.rs", lines("new", 5))
                .file("src/data.bin", new byte[] {1, 0, 3})
                .file("probe.rs", lines("probe", 6)));
    CodeDelta delta = desk.prepared(id, base.version().text()).delta();
    assertThat(delta.compare(Deadline.none())).isTrue();

    assertThat(delta.files()).hasSizeGreaterThanOrEqualTo(6);
    assertThat(delta.files())
        .filteredOn(FileSummary::mustRead)
        .allSatisfy(
            file ->
                assertThat(ChangedFile.count(file))
                    .as(file.path())
                    .isPositive()
                    .isEqualTo(ChangedFile.of(delta, file.path()).count()));
  }
}
