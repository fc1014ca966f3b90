/// The manifests of channels in the form of rustup.
@NullMarked
package lazaret.toolchain.manifest;

import org.jspecify.annotations.NullMarked;
