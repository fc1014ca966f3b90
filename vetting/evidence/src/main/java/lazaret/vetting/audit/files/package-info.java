/// The files of a cargo-vet store.
@NullMarked
package lazaret.vetting.audit.files;

import org.jspecify.annotations.NullMarked;
