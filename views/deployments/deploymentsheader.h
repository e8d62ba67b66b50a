// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace fd {

class SearchField;
class TextLabel;

/// The page's part of the header row: title, "38 of 1,284", search.
class DeploymentsHeader : public QWidget
{
    Q_OBJECT
public:
    explicit DeploymentsHeader(QWidget *parent = nullptr);

    [[nodiscard]] SearchField *search() const { return m_search; }
    void setCounts(int shown, int total);
    /// "38 of 1,284", or the total alone when nothing is hidden.
    [[nodiscard]] static QString countText(int shown, int total);

private:
    TextLabel *m_counts;
    SearchField *m_search;
};

} // namespace fd
