package lazaret.git.cargo;

import java.io.IOException;
import java.io.OutputStream;
import lazaret.git.tree.GitTreeEntry;
import lazaret.git.tree.GitTreeFile;
import lazaret.vetting.Bytes;

/// A file of a package.
public sealed interface PackageFile {
  /// The maximum length of a file of a package, in bytes.
  int MAX_BYTES = 64 << 20;

  /// Returns the content.
  ///
  /// @throws lazaret.vetting.MalformedException if it is longer than [#MAX_BYTES]
  /// @throws IOException if it cannot be read
  Bytes content() throws IOException;

  /// Returns the length of the content, in bytes.
  long length();

  /// Writes the content, which is not whole in heap.
  ///
  /// @throws IOException if it cannot be read or written
  void writeTo(OutputStream out) throws IOException;

  /// Returns whether the file may be run.
  boolean isProgram();

  /// A file of the tree.
  record Copied(GitTreeFile tree, GitTreeEntry entry) implements PackageFile {
    @Override
    public Bytes content() throws IOException {
      return tree.content(entry, MAX_BYTES);
    }

    @Override
    public long length() {
      return entry.length();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      tree.copy(entry, out);
    }

    @Override
    public boolean isProgram() {
      return entry.kind() == GitTreeEntry.Kind.PROGRAM;
    }
  }

  /// The manifest without inheritance.
  record Made(Bytes content) implements PackageFile {
    @Override
    public long length() {
      return content.length();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      content.writeTo(out);
    }

    @Override
    public boolean isProgram() {
      return false;
    }
  }
}
