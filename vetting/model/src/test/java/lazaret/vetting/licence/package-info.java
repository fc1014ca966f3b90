@NullMarked
package lazaret.vetting.licence;

import org.jspecify.annotations.NullMarked;
