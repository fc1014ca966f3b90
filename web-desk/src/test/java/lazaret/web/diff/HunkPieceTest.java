package lazaret.web.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import lazaret.vetting.deskapi.diff.DiffHunkInfo;
import lazaret.vetting.deskapi.diff.DiffLineInfo;
import lazaret.vetting.deskapi.reading.LineRangeInfo;
import lazaret.vetting.deskapi.reading.ReadFileInfo;
import org.junit.jupiter.api.Test;

class HunkPieceTest {
  private static final ReviewFile FILE = new ReviewFile(0, "build-rs", DiffSamples.buildScript());

  @Test
  void cutsALongHunkIntoPiecesOfThreeHundredRows() {
    List<HunkPiece> pieces = HunkPiece.of(DiffSamples.window(700, 0, 700));

    assertThat(pieces).extracting(piece -> piece.rows().size()).containsExactly(300, 300, 100);
    assertThat(pieces).extracting(HunkPiece::number).containsExactly(1, 2, 3);
    assertThat(pieces).allMatch(HunkPiece::isComplete);
    assertThat(pieces.get(1).lines(FILE).now()).isEqualTo(new HunkLines.Lines(301, 600));
    assertThat(pieces.get(1).lines(FILE).whole()).isFalse();
    assertThat(pieces.get(1).changed(FILE)).isEqualTo(300);
  }

  @Test
  void pieceIsReadIfItsLinesAreMarked() {
    List<HunkPiece> pieces = HunkPiece.of(DiffSamples.window(700, 0, 700));
    List<LineRangeInfo> lines = List.of(new LineRangeInfo(301, 599), new LineRangeInfo(600, 650));
    ReadFileInfo marked =
        new ReadFileInfo("build.rs", 700, 350, List.of(), lines, List.of(), false);
    ReadState state = new ReadState(Map.of(), Map.of("build.rs", marked), "", "", List.of());

    assertThat(pieces)
        .extracting(piece -> state.isRead(FILE, piece.lines(FILE), piece))
        .containsExactly(false, true, false);
  }

  private static HunkPiece piece(DiffLineInfo... rows) {
    int count = rows.length;
    return new HunkPiece(new DiffHunkInfo(1, 0, 0, 1, count, count, 0, count), 1, List.of(rows));
  }

  private static boolean isRead(HunkPiece piece, LineRangeInfo... marked) {
    ReadFileInfo file =
        new ReadFileInfo(
            "build.rs", 9, marked.length, List.of(), List.of(marked), List.of(), false);
    ReadState state = new ReadState(Map.of(), Map.of("build.rs", file), "", "", List.of());
    return state.isRead(FILE, piece.lines(FILE), piece);
  }

  @Test
  void pieceWithACutLineIsReadWithItsOtherLines() {
    HunkPiece piece =
        piece(DiffSamples.added(1, "a"), DiffSamples.cut(2), DiffSamples.added(3, "c"));

    assertThat(piece.lines(FILE).cut())
        .isEqualTo(new HunkLines.CutLines(List.of(), List.of(2), false));
    assertThat(isRead(piece, new LineRangeInfo(1, 1))).isFalse();
    assertThat(isRead(piece, new LineRangeInfo(1, 1), new LineRangeInfo(3, 3))).isTrue();
  }

  @Test
  void pieceOfCutLinesAloneIsNotRead() {
    HunkPiece piece = piece(DiffSamples.cut(1), DiffSamples.cut(2));

    assertThat(piece.lines(FILE).cut())
        .isEqualTo(new HunkLines.CutLines(List.of(), List.of(1, 2), true));
    assertThat(isRead(piece, new LineRangeInfo(8, 9))).isFalse();
  }

  @Test
  void theLineOfANewNoteIsTheFirstAddedOne() {
    DiffLineInfo context = new DiffLineInfo.Equal(3, 3, List.of(), false);

    assertThat(piece(context, DiffSamples.added(4, "a"), DiffSamples.added(5, "b")).firstAdded())
        .isEqualTo(4);
    assertThat(piece(context).firstAdded()).isZero();
  }

  @Test
  void noticesAPieceWithoutItsLastRows() {
    List<HunkPiece> pieces = HunkPiece.of(DiffSamples.window(700, 300, 350));

    assertThat(pieces).extracting(HunkPiece::isComplete).containsExactly(true, false);
    assertThat(pieces.getLast().firstRow()).isEqualTo(600);
  }

  @Test
  void placesASideWithoutLinesBehindTheLineBeforeIt() {
    HunkPiece piece =
        new HunkPiece(
            new DiffHunkInfo(1, 7, 1, 6, 0, 1, 0, 1), 1, List.of(DiffSamples.removed(7, 0)));

    HunkLines lines = piece.lines(FILE);

    assertThat(lines.now().isEmpty()).isTrue();
    assertThat(lines.words()).isEqualTo("Removed after line 6");
    assertThat(lines.old()).isEqualTo(new HunkLines.Lines(7, 7));
  }

  @Test
  void countsEqualLinesBetweenHunks() {
    RowWindow window =
        new RowWindow(
            DiffSamples.buildScript(),
            List.of(
                new DiffHunkInfo(1, 10, 5, 10, 7, 2, 0, 7),
                new DiffHunkInfo(2, 30, 6, 32, 7, 1, 7, 7)),
            0,
            List.of(),
            true);

    assertThat(window.equalBefore(window.hunk(0))).contains(9);
    assertThat(window.equalBefore(window.hunk(7))).contains(15);
  }
}
