/// The verification of bundles without a store, for example before a bundle is sent or imported.
@NullMarked
package lazaret.bundle.checking;

import org.jspecify.annotations.NullMarked;
