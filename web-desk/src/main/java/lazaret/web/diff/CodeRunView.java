package lazaret.web.diff;

import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.deskapi.diff.DiffPartInfo;

/// Adjacent parts of a line that are all changed or all unchanged.
///
/// @param changed whether the paired line has another text here
/// @param pieces the parts
public record CodeRunView(boolean changed, List<CodePiece> pieces) {
  public CodeRunView {
    pieces = List.copyOf(pieces);
  }

  /// A part of a line.
  ///
  /// @param text the text
  /// @param style the class of the style sheet: `k`, `t`, `c`, `a`, `m`, `point`, `tag`; empty for
  ///   none
  public record CodePiece(String text, String style) {}

  /// Returns the runs of a line.
  ///
  /// @param parts the parts of the line
  /// @param paired whether the line has a similar one on the other side; otherwise the whole line
  ///   changed, and no word is marked
  /// @param unended whether the file ends after the line without a line feed
  public static List<CodeRunView> of(List<DiffPartInfo> parts, boolean paired, boolean unended) {
    List<CodeRunView> runs = new ArrayList<>();
    List<CodePiece> pieces = new ArrayList<>();
    boolean changed = false;
    for (DiffPartInfo part : parts) {
      boolean now = paired && isChanged(part);
      if (now != changed && !pieces.isEmpty()) {
        runs.add(new CodeRunView(changed, pieces));
        pieces = new ArrayList<>();
      }
      changed = now;
      pieces.addAll(pieces(part));
    }
    if (!pieces.isEmpty()) {
      runs.add(new CodeRunView(changed, pieces));
    }
    if (unended) {
      runs.add(new CodeRunView(false, List.of(new CodePiece("no line feed at the end", "tag"))));
    }
    return List.copyOf(runs);
  }

  private static boolean isChanged(DiffPartInfo part) {
    return switch (part) {
      case DiffPartInfo.Text text -> text.changed();
      case DiffPartInfo.Hidden hidden -> hidden.changed();
      case DiffPartInfo.Cut cut -> cut.changed();
    };
  }

  private static List<CodePiece> pieces(DiffPartInfo part) {
    return switch (part) {
      case DiffPartInfo.Text text -> List.of(new CodePiece(text.text(), style(text)));
      case DiffPartInfo.Hidden hidden ->
          hidden.codePoints().stream().map(point -> new CodePiece(point, "point")).toList();
      case DiffPartInfo.Cut cut ->
          List.of(new CodePiece("%,d bytes more in this line".formatted(cut.bytes()), "tag"));
    };
  }

  private static String style(DiffPartInfo.Text text) {
    DiffPartInfo.Syntax syntax = text.syntax();
    if (syntax == null) {
      return "";
    }
    return switch (syntax) {
      case KEYWORD -> "k";
      case STRING -> "t";
      case COMMENT -> "c";
      case ATTRIBUTE -> "a";
      case NUMBER -> "m";
    };
  }
}
