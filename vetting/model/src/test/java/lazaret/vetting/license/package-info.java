@NullMarked
package lazaret.vetting.license;

import org.jspecify.annotations.NullMarked;
