// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/theme.h"

#include <QFont>
#include <QObject>

namespace fd {

class UiMemory;

/// Light or dark and the size of text, for the whole application. Remembered through UiMemory.
class Appearance : public QObject
{
    Q_OBJECT
public:
    /// Sets what was remembered; before the first window is made.
    Appearance(QApplication &application, UiMemory &memory, QObject *parent = nullptr);

    [[nodiscard]] Scheme scheme() const { return m_scheme; }
    void setScheme(Scheme scheme);

    /// Text size in steps of 10 % from the system's, -3 to 10.
    [[nodiscard]] int textStep() const { return m_textStep; }
    void setTextStep(int step);

    static constexpr int kSmallestStep = -3;
    static constexpr int kLargestStep = 10;

signals:
    void changed();

private:
    void applyFont();

    QApplication &m_application;
    UiMemory &m_memory;
    QFont m_systemFont;
    Scheme m_scheme = Scheme::Follow;
    int m_textStep = 0;
};

} // namespace fd
