@NullMarked
package lazaret.vetting.hosting.owners;

import org.jspecify.annotations.NullMarked;
