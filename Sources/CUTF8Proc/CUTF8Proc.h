// utf8proc, the C library for Unicode normalisation and character widths.
#pragma once
#include <utf8proc.h>
