ELF synthetic, inert fixture: a line of text where the incident had a shared object
