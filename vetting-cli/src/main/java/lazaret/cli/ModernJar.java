package lazaret.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// Writes a jar anew with its old classes in the form of this JDK, stack maps included: no AOT
/// cache takes a class from before Java 6, and Picocli's are of Java 5, which cost a third of a
/// start. Nor does one take a class of a signed jar: the signatures, which nobody asks for, are
/// left out, and the digests in its manifest, which are read at each start. The code of the classes
/// stays as it is. The build calls it for the programs that `bin/` starts; nobody else does.
public final class ModernJar {
  private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");

  private ModernJar() {}

  /// Rewrites a jar in its place.
  ///
  /// @param arguments the path of the jar
  /// @throws IOException if it cannot be read or written
  public static void main(String[] arguments) throws IOException {
    Path jar = Path.of(arguments[0]);
    Path fresh = Path.of(arguments[0] + ".new");
    rewrite(jar, fresh);
    Files.move(fresh, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Writes what one jar holds into another: the same bytes for the same jar, whenever it is done.
  ///
  /// @throws IllegalStateException if a class would not pass the verifier of this JDK
  static void rewrite(Path from, Path to) throws IOException {
    ClassFile form = form(from);
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(from));
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (SIGNATURE.matcher(entry.getName()).matches()) {
          continue;
        }
        byte[] content = in.readAllBytes();
        ZipEntry same = new ZipEntry(entry.getName());
        same.setTime(0);
        out.putNextEntry(same);
        out.write(rewritten(form, entry.getName(), content));
        out.closeEntry();
      }
    }
  }

  private static byte[] rewritten(ClassFile form, String name, byte[] content) throws IOException {
    if (isClass(name)) {
      return modern(form, name, content);
    }
    return name.equals(JarFile.MANIFEST_NAME) ? withoutDigests(content) : content;
  }

  private static byte[] withoutDigests(byte[] content) throws IOException {
    Manifest manifest = new Manifest(new ByteArrayInputStream(content));
    manifest
        .getEntries()
        .values()
        .removeIf(of -> of.keySet().stream().allMatch(name -> name.toString().endsWith("-Digest")));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    manifest.write(out);
    return out.toByteArray();
  }

  private static boolean isClass(String name) {
    return name.endsWith(".class") && !name.endsWith("module-info.class");
  }

  /// Stack maps name the common ancestor of two classes, and both may be of the jar.
  private static ClassFile form(Path jar) throws IOException {
    List<ClassModel> models = new ArrayList<>();
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (isClass(entry.getName())) {
          models.add(ClassFile.of().parse(in.readAllBytes()));
        }
      }
    }
    ClassHierarchyResolver own =
        ClassHierarchyResolver.of(
            models.stream()
                .filter(m -> m.flags().has(AccessFlag.INTERFACE))
                .map(m -> m.thisClass().asSymbol())
                .toList(),
            models.stream()
                .filter(m -> m.superclass().isPresent())
                .collect(
                    Collectors.toMap(
                        m -> m.thisClass().asSymbol(),
                        m -> m.superclass().orElseThrow().asSymbol(),
                        (one, _) -> one)));
    return ClassFile.of(
        ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
        ClassFile.ClassHierarchyResolverOption.of(
            own.orElse(ClassHierarchyResolver.defaultResolver())));
  }

  private static byte[] modern(ClassFile form, String name, byte[] old) {
    ClassModel model = form.parse(old);
    if (model.majorVersion() >= ClassFile.JAVA_6_VERSION) {
      return old;
    }
    byte[] fresh =
        form.transformClass(
            model,
            ClassTransform.transformingMethodBodies(CodeBuilder::with)
                .andThen(ClassTransform.dropping(ClassFileVersion.class::isInstance))
                .andThen(
                    ClassTransform.endHandler(
                        c -> c.withVersion(ClassFile.latestMajorVersion(), 0))));
    List<VerifyError> faults = form.verify(fresh);
    if (!faults.isEmpty()) {
      throw new IllegalStateException(
          "cannot rewrite " + name + ": " + faults.getFirst().getMessage());
    }
    return fresh;
  }
}
