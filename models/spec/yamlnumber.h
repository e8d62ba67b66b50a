// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/spec/yamlscalar.h"

namespace fd {

/// PyYAML's construct_yaml_int: signs, "_", 0b, 0x, octal with a leading 0, base 60 with ":"; any size up to the 4300
/// digits that Python allows. Error: Validation.
[[nodiscard]] Result<YamlValue> makeInt(std::string_view text);
/// PyYAML's construct_yaml_float: ".inf", ".nan", "_", base 60. Error: Validation.
[[nodiscard]] Result<YamlValue> makeFloat(std::string_view text);

} // namespace fd
