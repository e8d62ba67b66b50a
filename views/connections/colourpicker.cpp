// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/connections/colourpicker.h"

#include "views/common/theme.h"
#include "views/common/workspacecolor.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPainter>
#include <QRadioButton>

namespace fd {
namespace {

constexpr int kSwatch = 20;

class Swatch : public QRadioButton
{
public:
    Swatch(int colour, const QString &name, QWidget *parent) : QRadioButton(parent), m_colour(colour)
    {
        setAccessibleName(name);
        setToolTip(name);
    }
    [[nodiscard]] QSize sizeHint() const override { return {kSwatch + 8, kSwatch + 8}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    [[nodiscard]] bool hitButton(const QPoint &at) const override { return rect().contains(at); }

    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::of(palette());
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF whole = QRectF(rect()).adjusted(1, 1, -1, -1);
        const QRectF inside = whole.adjusted(3, 3, -3, -3);
        if (hasFocus() || isChecked()) {
            painter.setPen(QPen(hasFocus() ? theme.accent : theme.text, metrics::kFocusFrame));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(whole, metrics::kCardRadius, metrics::kCardRadius);
        }
        painter.setPen(Qt::NoPen);
        painter.setBrush(workspaceColor(m_colour, palette()));
        painter.drawRoundedRect(inside, metrics::kRadius, metrics::kRadius);
        if (isChecked() && hasFocus()) {
            // The frame shows the focus now; the choice needs a sign of its own.
            painter.setBrush(theme.base);
            painter.drawEllipse(inside.center(), 3, 3);
        }
    }

private:
    int m_colour;
};

} // namespace

ColourPicker::ColourPicker(QWidget *parent) : QWidget(parent), m_group(new QButtonGroup(this))
{
    setAccessibleName(tr("Colour"));
    const QStringList names{
        tr("Orange"), tr("Teal"), tr("Violet"), tr("Green"), tr("Blue"), tr("Olive"), tr("Plum"), tr("Grey")};
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    for (int colour = 0; colour < kWorkspaceColorCount; ++colour) {
        auto *swatch = new Swatch(colour, names.value(colour), this);
        m_group->addButton(swatch, colour);
        row->addWidget(swatch);
    }
    row->addStretch();
    setCurrent(0);
    connect(m_group, &QButtonGroup::idClicked, this, &ColourPicker::chosen);
}

int ColourPicker::current() const { return m_group->checkedId(); }

void ColourPicker::setCurrent(int colour)
{
    m_group->button(((colour % kWorkspaceColorCount) + kWorkspaceColorCount) % kWorkspaceColorCount)->setChecked(true);
}

} // namespace fd
