package lazaret.cli.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.reading.LineRangeInfo;
import lazaret.vetting.deskapi.reading.ReadMarkInfo;
import lazaret.vetting.deskapi.review.FileDiffInfo;
import lazaret.vetting.deskapi.review.FileDigestInfo;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShownLinesTest {
  private static final FileDigestInfo OLD = new FileDigestInfo(1, Sha256.of(Bytes.utf8("old")));
  private static final FileDigestInfo NEW = new FileDigestInfo(1, Sha256.of(Bytes.utf8("new")));

  private static FileDiffInfo file(
      FileDiffInfo.Change change,
      @Nullable FileDigestInfo before,
      @Nullable FileDigestInfo after,
      @Nullable String text) {
    return new FileDiffInfo(
        "src/lib.rs",
        null,
        change,
        FileDiffInfo.Role.SOURCE,
        FileDiffInfo.Form.LINES,
        0,
        0,
        before,
        after,
        text);
  }

  private static ReadMarkInfo mark(FileDiffInfo file) {
    return ShownLines.marks(List.of(file)).getFirst();
  }

  @Test
  void countsTheLinesOfBothSides() {
    ReadMarkInfo mark =
        mark(
            file(
                FileDiffInfo.Change.CHANGED,
                OLD,
                NEW,
                """
                @@ -2,4 +2,5 @@
                 a
                -b
                +c
                +d
                 e
                 f
                @@ -20 +21 @@
                -++ g
                +-- h
                \\ No newline at end of file
                """));

    assertThat(mark.after()).containsExactly(new LineRangeInfo(3, 4), new LineRangeInfo(21, 21));
    assertThat(mark.before()).containsExactly(new LineRangeInfo(3, 3), new LineRangeInfo(20, 20));
    assertThat(mark.content()).isEqualTo(NEW.sha256());
    assertThat(mark.baseContent()).isEqualTo(OLD.sha256());
  }

  @Test
  void leavesOutLinesThatAreCut() {
    ReadMarkInfo mark =
        mark(
            file(
                FileDiffInfo.Change.ADDED,
                null,
                NEW,
                "@@ -0,0 +1,3 @@\n+a\n+bbb .. (12 more characters in this line)\n+c\n"));

    assertThat(mark.after()).containsExactly(new LineRangeInfo(1, 1), new LineRangeInfo(3, 3));
    assertThat(mark.baseContent()).isNull();
  }

  @Test
  void linesOfARemovedFileAreThoseOfItsContent() {
    ReadMarkInfo mark =
        mark(file(FileDiffInfo.Change.REMOVED, OLD, null, "@@ -1,2 +0,0 @@\n-a\n-b\n"));

    assertThat(mark.content()).isEqualTo(OLD.sha256());
    assertThat(mark.after()).containsExactly(new LineRangeInfo(1, 2));
    assertThat(mark.before()).isEmpty();
  }

  @Test
  void marksNoFileThatIsNotShown() {
    assertThat(ShownLines.marks(List.of(file(FileDiffInfo.Change.CHANGED, OLD, NEW, null))))
        .isEmpty();
  }
}
