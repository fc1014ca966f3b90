package lazaret.e2e;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// The words of the product: javadoc, string literals with a space and names of the main sources,
/// the texts of pages, and the paragraphs of the documents, each with its place.
final class SourceTexts {
  /// Where a text is.
  enum Kind {
    /// A paragraph of javadoc.
    JAVADOC,
    /// A string literal with a space.
    LITERAL,
    /// A text of a template or of a module of script.
    PAGE,
    /// A paragraph of a document.
    DOCUMENT
  }

  /// A text.
  ///
  /// @param place path and line
  /// @param first whether it is the first paragraph of its javadoc
  record Text(Kind kind, String place, String text, boolean first) {}

  /// A declaration with a name.
  ///
  /// @param what `type`, `method` or `field`
  /// @param outermost whether it is a type at the top of its file
  record Name(String what, String name, String in, boolean isPublic, boolean outermost) {}

  private final List<Text> texts = new ArrayList<>();
  private final List<Name> names = new ArrayList<>();

  private SourceTexts() {}

  /// Reads the main sources and the documents of the product under `root`.
  static SourceTexts of(Path root) throws IOException {
    SourceTexts texts = new SourceTexts();
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = javac.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              javac.getTask(
                  null,
                  manager,
                  null,
                  null,
                  null,
                  manager.getJavaFileObjectsFromPaths(sources(root)));
      DocTrees trees = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        texts.new Reader(root, unit, trees).scan(unit, null);
      }
    }
    texts.texts.addAll(PageTexts.of(root));
    for (Path document : documents(root)) {
      texts.document(root.relativize(document).toString(), Files.readString(document));
    }
    return texts;
  }

  List<Text> texts() {
    return texts;
  }

  List<Name> names() {
    return names;
  }

  private static List<Path> sources(Path root) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(root)) {
      all.filter(p -> p.toString().endsWith(".java"))
          .filter(p -> root.relativize(p).toString().matches(".*src/main/java/lazaret/.*"))
          .filter(p -> !root.relativize(p).toString().matches("(testkit|bench|e2e)/.*"))
          .sorted()
          .forEach(found::add);
    }
    return found;
  }

  private static List<Path> documents(Path root) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> top = Files.list(root);
        Stream<Path> docs = Files.walk(root.resolve("docs"))) {
      Stream.concat(top, docs)
          .filter(p -> p.toString().endsWith(".md"))
          .filter(p -> !p.endsWith("evaluation.md"))
          .sorted()
          .forEach(found::add);
    }
    return found;
  }

  /// Takes the paragraphs of a document; code in fences is no prose.
  private void document(String path, String content) {
    int line = 0;
    int begin = 0;
    boolean fenced = false;
    StringBuilder paragraph = new StringBuilder();
    for (String text : (content + "\n").split("\n", -1)) {
      line++;
      if (text.strip().startsWith("```")) {
        fenced = !fenced;
      }
      boolean ends = text.isBlank() || fenced || text.strip().startsWith("```");
      boolean begins = text.matches("\\s*([-*#|>]|[0-9]+\\.).*");
      if ((ends || begins) && !paragraph.isEmpty()) {
        texts.add(new Text(Kind.DOCUMENT, path + ":" + begin, paragraph.toString().strip(), false));
        paragraph.setLength(0);
      }
      if (!ends) {
        begin = paragraph.isEmpty() ? line : begin;
        paragraph.append(text.replaceFirst("^\\s*([-*#|>]+|[0-9]+\\.)\\s*", "")).append(' ');
      }
    }
  }

  /// Walks one file.
  private final class Reader extends TreePathScanner<Void, Void> {
    private final String file;
    private final CompilationUnitTree unit;
    private final DocTrees trees;

    Reader(Path root, CompilationUnitTree unit, DocTrees trees) {
      this.file = root.relativize(Path.of(unit.getSourceFile().toUri())).toString();
      this.unit = unit;
      this.trees = trees;
    }

    private String place(Tree tree) {
      long at = trees.getSourcePositions().getStartPosition(unit, tree);
      return file + ":" + unit.getLineMap().getLineNumber(Math.max(0, at));
    }

    private void doc(Tree tree) {
      String doc = trees.getDocComment(getCurrentPath());
      if (doc == null) {
        return;
      }
      boolean first = true;
      for (String paragraph : doc.split("\n\\s*\n|\n\\s*(?=@|- )", -1)) {
        String text = paragraph.replaceAll("\\s+", " ").strip();
        if (!text.isEmpty()) {
          texts.add(new Text(Kind.JAVADOC, place(tree), text, first));
        }
        first = false;
      }
    }

    private void name(String what, Tree tree, String name, boolean isPublic) {
      boolean outermost = getCurrentPath().getParentPath().getLeaf() == unit;
      String in =
          Optional.ofNullable(unit.getPackageName()).map(Object::toString).orElse("") + " " + file;
      if (!name.isEmpty() && !name.equals("<init>")) {
        names.add(new Name(what, name, in, isPublic, outermost));
      }
      doc(tree);
    }

    @Override
    public Void visitPackage(PackageTree declaration, Void unused) {
      doc(declaration);
      return null;
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      boolean isPublic = type.getModifiers().getFlags().contains(Modifier.PUBLIC);
      name("type", type, type.getSimpleName().toString(), isPublic);
      return super.visitClass(type, null);
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      boolean isPublic = method.getModifiers().getFlags().contains(Modifier.PUBLIC);
      name("method", method, method.getName().toString(), isPublic);
      return super.visitMethod(method, null);
    }

    @Override
    public Void visitVariable(VariableTree variable, Void unused) {
      if (getCurrentPath().getParentPath().getLeaf() instanceof ClassTree) {
        name("field", variable, variable.getName().toString(), false);
      }
      return super.visitVariable(variable, null);
    }

    @Override
    public Void visitLiteral(LiteralTree literal, Void unused) {
      if (literal.getValue() instanceof String text && text.strip().contains(" ")) {
        texts.add(new Text(Kind.LITERAL, place(literal), text, false));
      }
      return null;
    }
  }
}
