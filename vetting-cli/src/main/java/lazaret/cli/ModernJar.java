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

/// A build step that rewrites a jar for the AOT cache of this JDK, for the programs that `bin/`
/// starts. An AOT cache accepts no classes from before Java 6. Picocli's classes are of Java 5 and
/// would cost a third of a start. They get the class file version of this JDK and stack maps, and
/// their code is unchanged. An AOT cache also accepts no classes of a signed jar. Therefore the
/// signatures, which are not verified, and the digests in the manifest, which are read at each
/// start, are removed.
public final class ModernJar {
  private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");

  private ModernJar() {}

  /// Rewrites a jar in place.
  ///
  /// @param arguments the path of the jar
  /// @throws IOException if the jar cannot be read or written
  public static void main(String[] arguments) throws IOException {
    Path jar = Path.of(arguments[0]);
    Path fresh = Path.of(arguments[0] + ".new");
    rewrite(jar, fresh);
    Files.move(fresh, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Writes the converted content of one jar into another. The output depends only on the input.
  ///
  /// @throws IllegalStateException if a converted class fails the verifier of this JDK
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

  /// Returns the class file API with the class hierarchy of the jar. Stack maps name the common
  /// ancestor of two classes, and both may be in the jar.
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
