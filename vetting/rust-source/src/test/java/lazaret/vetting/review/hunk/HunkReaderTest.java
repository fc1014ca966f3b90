package lazaret.vetting.review.hunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lazaret.vetting.inspect.syntax.SyntaxKind;
import lazaret.vetting.review.hunk.DiffLine.Added;
import lazaret.vetting.review.hunk.DiffLine.Equal;
import lazaret.vetting.review.hunk.DiffLine.Moved;
import lazaret.vetting.review.hunk.DiffLine.Removed;
import lazaret.vetting.review.hunk.DiffText.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HunkReaderTest {
  private static final int ALL = 1 << 20;

  /// Returns the lines; a last line without a line feed has one at its end here.
  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    String last = lines.removeLast();
    if (!last.isEmpty()) {
      lines.add(last + "\n");
    }
    return lines;
  }

  private static HunkList list(String before, String after) {
    List<String> old = lines(before);
    List<String> young = lines(after);
    return HunkList.of(old, young, LineEdits.between(old, young));
  }

  private static HunkReader reader(String before, String after) {
    return new HunkReader(list(before, after), text(before), text(after), 400, ALL);
  }

  private static DiffText text(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    boolean ends = lines.getLast().isEmpty();
    if (ends) {
      lines.removeLast();
    }
    return DiffText.of(lines, ends, false, Language.RUST);
  }

  private static List<String> rows(String before, String after) {
    return reader(before, after).read(0, ALL).lines().stream().map(HunkReaderTest::shown).toList();
  }

  private static String shown(DiffLine line) {
    return switch (line) {
      case Equal(int old, int young, List<LinePart> parts) ->
          " %d %d %s".formatted(old, young, shown(parts));
      case Removed(int old, int pair, List<LinePart> parts) ->
          "-%d:%d %s".formatted(old, pair, shown(parts));
      case Added(int young, int pair, List<LinePart> parts) ->
          "+%d:%d %s".formatted(young, pair, shown(parts));
      case Moved(int old, int young, int count) -> ">%d %d %d".formatted(old, young, count);
    };
  }

  private static String shown(List<LinePart> parts) {
    return parts.stream()
        .map(
            part ->
                switch (part) {
                  case LinePart.Plain plain ->
                      plain.changed() ? "[" + plain.text() + "]" : plain.text();
                  case LinePart.Hidden hidden -> "{" + hidden.codePoints() + "}";
                  case LinePart.Cut cut -> "<" + cut.bytes() + (cut.changed() ? " changed>" : ">");
                  case LinePart.NoEnd _ -> "$";
                })
        .collect(Collectors.joining());
  }

  private static String numbered(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(i -> "line number " + i + "\n")
        .collect(Collectors.joining());
  }

  @Test
  void showsThreeEqualLinesAroundAChange() {
    String before = numbered(1, 10_000);
    String after = before.replace("number 5000\n", "number five\n");

    assertThat(rows(before, after))
        .containsExactly(
            " 4997 4997 line number 4997",
            " 4998 4998 line number 4998",
            " 4999 4999 line number 4999",
            "-5000:5000 line number [5000]",
            "+5000:5000 line number [five]",
            " 5001 5001 line number 5001",
            " 5002 5002 line number 5002",
            " 5003 5003 line number 5003");
    assertThat(list(before, after).hunks())
        .containsExactly(new HunkRange(1, 4_997, 7, 4_997, 7, 2, 0, 8));
  }

  @Test
  void hasNoHunkForEqualTexts() {
    assertThat(list(numbered(1, 10_000), numbered(1, 10_000)).hunks()).isEmpty();
    assertThat(list("", "").rows()).isZero();
  }

  @Test
  void numbersHunksAndTheirRows() {
    String before = numbered(1, 40);
    String after =
        before.replace("line number 10\n", "").replace("number 30\n", "number 30\nadded here\n");

    assertThat(list(before, after).hunks())
        .containsExactly(
            new HunkRange(1, 7, 7, 7, 6, 1, 0, 7), new HunkRange(2, 28, 6, 27, 7, 1, 7, 7));
  }

  @Test
  void joinsHunksWithSixEqualLinesBetweenThem() {
    String before = numbered(1, 30);

    assertThat(
            list(before, before.replace("number 8\n", "a\n").replace("number 15\n", "b\n")).hunks())
        .hasSize(1);
    assertThat(
            list(before, before.replace("number 8\n", "a\n").replace("number 16\n", "b\n")).hunks())
        .hasSize(2);
  }

  @Test
  void showsAMovedBlockAsOneRowAtItsNewPlace() {
    String block = "fn moved_block() {\n    let value = 1;\n}\n";
    String before = block + numbered(1, 20);
    String after = numbered(1, 20) + block;

    assertThat(rows(before, after))
        .containsExactly(
            " 21 18 line number 18", " 22 19 line number 19", " 23 20 line number 20", ">1 21 3");
    HunkList list = list(before, after);
    assertThat(list.hunks()).containsExactly(new HunkRange(1, 21, 3, 18, 6, 0, 0, 4));
    assertThat(list.moved()).isEqualTo(3);
    assertThat(list.insertions() + list.deletions()).isZero();
  }

  @Test
  void showsAChangedBlockAtAnotherPlaceAsChanged() {
    String before = "fn moved_block() {\n    let value = 1;\n}\n" + numbered(1, 20);
    String after = numbered(1, 20) + "fn moved_block() {\n    let value = 2;\n}\n";

    assertThat(list(before, after).moved()).isZero();
    assertThat(list(before, after).insertions()).isEqualTo(3);
  }

  @Test
  void doesNotCallBracesAMovedBlock() {
    String braces = "}\n".repeat(10);

    assertThat(list(braces + numbered(1, 20), numbered(1, 20) + braces).moved()).isZero();
  }

  @Test
  void findsMovesInTextsThatAreTooLongToBeMatched() {
    List<String> before = lines("first\n" + numbered(1, 50) + "last\n");
    List<String> after = lines("one\n" + numbered(1, 50) + "end\n");

    HunkList list = HunkList.of(before, after, List.of(new LineEdit(0, 52, 0, 52)));

    assertThat(list.moved()).isEqualTo(50);
    assertThat(list.insertions()).isEqualTo(2);
    assertThat(list.deletions()).isEqualTo(2);
  }

  @Test
  void pairsAlikeLinesAndLeavesOthersWhole() {
    assertThat(rows("let a = compute(1);\nother\n", "let b = compute(1);\nnothing of this\n"))
        .containsExactly(
            "-1:1 let [a] = compute(1);",
            "-2:0 other",
            "+1:1 let [b] = compute(1);",
            "+2:0 nothing of this");
  }

  @Test
  void pairsLinesAtMostThreeRowsApart() {
    String added = "x1\nx2\nx3\n";

    assertThat(rows("let a = compute(1);\n", added + "let b = compute(1);\n"))
        .contains("-1:4 let [a] = compute(1);");
    assertThat(rows("let a = compute(1);\n", added + "x4\nlet b = compute(1);\n"))
        .contains("-1:0 let a = compute(1);");
  }

  @Test
  void showsAMissingLineFeedAtTheEnd() {
    assertThat(rows("a\nb", "a\nb\n")).containsExactly(" 1 1 a", "-2:2 b$", "+2:2 b");
    assertThat(rows("", "a")).containsExactly("+1:0 a$");
  }

  @Test
  void showsHiddenCharactersByTheirCodePoints() {
    assertThat(rows("", "a\u202eb\u200b\u200dc\u0000\r\n"))
        .containsExactly("+1:0 a{[8238]}b{[8203, 8205]}c{[0, 13]}");
  }

  @Test
  void showsLettersOfOtherScriptsInIdentifiersOnly() {
    assertThat(rows("", "let p\u0430y = \"\u0430\"; // \u0430\n"))
        .containsExactly("+1:0 let p{[1072]}y = \"\u0430\"; // \u0430");
  }

  @Test
  void cutsALineOfFiveMegabytes() {
    String rest = "x".repeat(5 << 20);

    assertThat(rows("", "ab" + rest + "\n"))
        .containsExactly("+1:0 ab" + "x".repeat(398) + "<5242482>");
  }

  @Test
  void showsTheSurroundingsOfAChangeInALongLine() {
    String head = "word ".repeat(200);
    String tail = " word".repeat(200);
    List<String> rows = rows(head + "old" + tail + "\n", head + "young" + tail + "\n");

    assertThat(rows.getFirst()).startsWith("-1:1 <920>").contains("word [old] word");
    assertThat(rows.getLast()).startsWith("+1:1 <920>").contains("word [young] word");
  }

  @Test
  void readsWindowsAndEndsThemAfterManyCharacters() {
    String after = numbered(1, 2_000);
    HunkReader reader = reader("", after);

    LineWindow window = reader.read(600, 600);
    assertThat(window.total()).isEqualTo(2_000);
    assertThat(window.lines()).hasSize(600);
    assertThat(shown(window.lines().getFirst())).isEqualTo("+601:0 line number 601");
    assertThat(reader.read(5_000, 600).lines()).isEmpty();
    var narrow = new HunkReader(list("", after), text(""), text(after), 400, 100);
    assertThat(narrow.read(0, 600).lines()).hasSize(8);
  }

  @Test
  void readsContextWithTheNumbersOfBothTexts() {
    String before = numbered(1, 40);
    String after = "first\n" + before.replace("number 20\n", "number twenty\n");

    List<Equal> context = reader(before, after).context(19, 23, 600);

    assertThat(context.stream().map(HunkReaderTest::shown))
        .containsExactly(
            " 18 19 line number 18",
            " 19 20 line number 19",
            " 21 22 line number 21",
            " 22 23 line number 22");
    assertThat(reader(before, after).context(-5, 1_000_000, 3)).hasSize(3);
  }

  @Test
  void showsAllLinesOfAnUnchangedTextOnRequest() {
    HunkList whole = HunkList.whole(4);
    String text = numbered(1, 4);

    assertThat(new HunkReader(whole, text(text), text(text), 400, ALL).read(0, 10).lines())
        .hasSize(4);
    assertThat(HunkList.whole(0).rows()).isZero();
  }

  @Test
  void leavesOutReturnsIfAllLinesHaveThem() {
    DiffText windows = DiffText.of(List.of("a\r", "if b\r"), true, true, Language.RUST);
    HunkList list = HunkList.whole(2);

    List<DiffLine> lines = new HunkReader(list, windows, windows, 400, ALL).read(0, 9).lines();

    assertThat(lines.stream().map(HunkReaderTest::shown)).containsExactly(" 1 1 a", " 2 2 if b");
    assertThat(lines.getLast())
        .isEqualTo(
            new Equal(
                2,
                2,
                List.of(
                    new LinePart.Plain("if", SyntaxKind.KEYWORD, false),
                    new LinePart.Plain(" b", null, false))));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void rowsLeadFromTheOldTextToTheNewOne(long seed) {
    var random = new SplittableRandom(seed);
    for (int round = 0; round < 200; round++) {
      String before = random(random);
      String after = random.nextBoolean() ? random(random) : changed(random, before);
      HunkList list = list(before, after);
      var reader = new HunkReader(list, text(before), text(after), 400, ALL);

      assertThat(applied(before, reader, list))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(after);
      assertThat(list.hunks().stream().mapToInt(HunkRange::rows).sum()).isEqualTo(list.rows());
      assertThat(list.hunks().stream().mapToLong(HunkRange::changed).sum())
          .isEqualTo(list.insertions() + list.deletions());
    }
  }

  /// Applies the rows: between hunks the old lines are equal to the new ones.
  private static String applied(String before, HunkReader reader, HunkList list) {
    List<String> old = lines(before);
    List<String> applied = new ArrayList<>();
    for (HunkRange hunk : list.hunks()) {
      int start = hunk.newCount() == 0 ? hunk.newFrom() : hunk.newFrom() - 1;
      copy(old, list, start, applied);
      for (DiffLine line : reader.read(hunk.firstRow(), hunk.rows()).lines()) {
        switch (line) {
          case Equal(int oldLine, int newLine, List<LinePart> parts) -> {
            assertThat(newLine).isEqualTo(applied.size() + 1);
            assertThat(content(parts)).isEqualTo(old.get(oldLine - 1));
            applied.add(old.get(oldLine - 1));
          }
          case Removed(int oldLine, int _, List<LinePart> parts) ->
              assertThat(content(parts)).isEqualTo(old.get(oldLine - 1));
          case Added(int newLine, int _, List<LinePart> parts) -> {
            assertThat(newLine).isEqualTo(applied.size() + 1);
            applied.add(content(parts));
          }
          case Moved(int oldLine, int newLine, int count) -> {
            assertThat(newLine).isEqualTo(applied.size() + 1);
            applied.addAll(old.subList(oldLine - 1, oldLine - 1 + count));
          }
        }
      }
    }
    copy(old, list, list.newLines(), applied);
    return applied.stream()
        .map(line -> line.endsWith("\n") ? line.substring(0, line.length() - 1) : line + "\n")
        .collect(Collectors.joining());
  }

  private static void copy(List<String> old, HunkList list, int to, List<String> applied) {
    while (applied.size() < to) {
      applied.add(old.get(list.oldLine(applied.size())));
    }
  }

  private static String content(List<LinePart> parts) {
    var content = new StringBuilder();
    for (LinePart part : parts) {
      switch (part) {
        case LinePart.Plain plain -> content.append(plain.text());
        case LinePart.Hidden hidden -> hidden.codePoints().forEach(content::appendCodePoint);
        case LinePart.Cut cut -> throw new AssertionError("cut: " + cut);
        case LinePart.NoEnd _ -> content.append('\n');
      }
    }
    return content.toString();
  }

  private static String random(SplittableRandom random) {
    var text = new StringBuilder();
    for (int n = random.nextInt(40); n > 0; n--) {
      text.append(line(random)).append('\n');
    }
    if (random.nextInt(3) == 0 && !text.isEmpty()) {
      text.setLength(text.length() - 1);
    }
    return text.toString();
  }

  private static String line(SplittableRandom random) {
    return switch (random.nextInt(6)) {
      case 0 -> "}";
      case 1 -> "    let value_" + random.nextInt(9) + " = \"text\";";
      case 2 -> "fn function_of_number_" + random.nextInt(4) + "() {\r";
      case 3 -> "\u202e p\u0430y \ud83d\ude00\ufe0f /*";
      case 4 -> "";
      default -> "a";
    };
  }

  private static String changed(SplittableRandom random, String text) {
    List<String> changed = new ArrayList<>(text.lines().toList());
    for (int n = random.nextInt(6); n > 0 && !changed.isEmpty(); n--) {
      int at = random.nextInt(changed.size());
      switch (random.nextInt(3)) {
        case 0 -> changed.remove(at);
        case 1 -> changed.add(at, line(random));
        default -> {
          List<String> block = changed.subList(at, Math.min(changed.size(), at + 5));
          List<String> copy = List.copyOf(block);
          block.clear();
          changed.addAll(random.nextInt(changed.size() + 1), copy);
        }
      }
    }
    return changed.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  @Test
  void theChangesOfEachHunkAreItsOwn() {
    String before = IntStream.range(0, 200).mapToObj(i -> i + "\n").collect(Collectors.joining());
    String after =
        IntStream.range(0, 200)
            .mapToObj(i -> i % 20 == 10 ? i + " new\n" : i % 20 == 11 ? "" : i + "\n")
            .collect(Collectors.joining());
    HunkList list = list(before, after);

    assertThat(list.hunks()).hasSize(10);
    for (HunkRange hunk : list.hunks()) {
      int line = 20 * (hunk.number() - 1) + 10;
      assertThat(list.changes(hunk))
          .extracting(LineEdit::oldFrom, LineEdit::deletions, LineEdit::insertions)
          .containsExactly(tuple(line, 2, 0), tuple(line + 2, 0, 1));
    }
    assertThat(HunkList.whole(0).hunks()).isEmpty();
  }
}
