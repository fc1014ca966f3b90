package lazaret.sandbox.folders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A program that makes a folder with a file in it, prints its path, and keeps running.
final class FolderHolder {
  private FolderHolder() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    TemporaryFolder folder = TemporaryFolder.make(Path.of(arguments[0]), "held", "rwx------");
    Files.writeString(folder.path().resolve("file"), "text");
    System.out.println(folder.path());
    Thread.currentThread().join();
  }
}
